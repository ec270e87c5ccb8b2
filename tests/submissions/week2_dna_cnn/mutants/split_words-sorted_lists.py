# exercise: split_words
# mistake: draws at random, then sorts each list
# caught by: test_shuffled_and_the_argument_unchanged

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(words))
    ends = np.round(np.cumsum(fractions) * len(words)).astype(int)
    train = sorted(words[i] for i in order[:ends[0]])
    val = sorted(words[i] for i in order[ends[0]:ends[1]])
    test = sorted(words[i] for i in order[ends[1]:])
    return train, val, test
