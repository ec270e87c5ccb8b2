# exercise: split_words
# mistake: splits 80, 10 and 10 percent whatever the fractions
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(words))
    ends = np.round(np.cumsum([0.8, 0.1, 0.1]) * len(words)).astype(int)
    train = [words[i] for i in order[:ends[0]]]
    val = [words[i] for i in order[ends[0]:ends[1]]]
    test = [words[i] for i in order[ends[1]:]]
    return train, val, test
