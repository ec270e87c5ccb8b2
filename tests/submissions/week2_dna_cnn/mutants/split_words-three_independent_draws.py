# exercise: split_words
# mistake: draws the three lists one by one from all words, so that they overlap
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    return tuple(
        rng.choice(words, round(f * len(words)), replace=False).tolist() for f in fractions
    )
