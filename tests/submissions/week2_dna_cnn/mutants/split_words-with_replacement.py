# exercise: split_words
# mistake: draws with replacement, so that words come twice and others never
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    drawn = rng.choice(words, len(words)).tolist()
    a = round(fractions[0] * len(words))
    b = round((fractions[0] + fractions[1]) * len(words))
    return drawn[:a], drawn[a:b], drawn[b:]
