# exercise: split_words
# style: torch's randperm with a generator, sizes from the ends

def split_words(words, fractions, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(words), generator=generator).tolist()
    n_train = round(fractions[0] * len(words))
    n_test = round(fractions[2] * len(words))
    n_val = len(words) - n_train - n_test
    parts, start = [], 0
    for size in (n_train, n_val, n_test):
        parts.append([words[i] for i in order[start:start + size]])
        start += size
    return parts
