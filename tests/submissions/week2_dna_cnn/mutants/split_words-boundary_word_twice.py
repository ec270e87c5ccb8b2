# exercise: split_words
# mistake: the last training word is the first validation word too
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(words))
    ends = np.round(np.cumsum(fractions) * len(words)).astype(int)
    train = [words[i] for i in order[:ends[0]]]
    val = [words[i] for i in order[max(0, ends[0] - 1):ends[1]]]
    test = [words[i] for i in order[ends[1]:]]
    return train, val, test
