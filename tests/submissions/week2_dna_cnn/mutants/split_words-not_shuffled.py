# exercise: split_words
# mistake: cuts the list as it comes
# caught by: test_the_seed_decides

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    order = np.arange(len(words))
    ends = np.round(np.cumsum(fractions) * len(words)).astype(int)
    train = [words[i] for i in order[:ends[0]]]
    val = [words[i] for i in order[ends[0]:ends[1]]]
    test = [words[i] for i in order[ends[1]:]]
    return train, val, test
