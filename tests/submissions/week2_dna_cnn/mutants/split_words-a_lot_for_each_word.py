# exercise: split_words
# mistake: draws a list for every word, so that the sizes are right on average only
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    where = rng.choice(3, size=len(words), p=fractions)
    order = rng.permutation(len(words))
    return tuple([words[i] for i in order if where[i] == part] for part in range(3))
