# exercise: split_words
# style: gives every word a random key and sorts by it

def split_words(words, fractions, seed):
    keys = np.random.RandomState(seed).rand(len(words))
    by_key = [word for _, word in sorted(zip(keys, words))]
    cuts = [int(sum(fractions[:j]) * len(words) + 0.5) for j in (1, 2)]
    train, validation, test = by_key[:cuts[0]], by_key[cuts[0]:cuts[1]], by_key[cuts[1]:]
    return train, validation, test
