# exercise: split_words
# mistake: takes the validation share from what is left after training
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    shuffled = np.random.default_rng(seed).permutation(words).tolist()
    n_train = round(fractions[0] * len(words))
    train, rest = shuffled[:n_train], shuffled[n_train:]
    n_val = round(fractions[1] * len(rest))
    return train, rest[:n_val], rest[n_val:]
