# exercise: split_words
# mistake: returns the positions of the words in the list
# caught by: test_the_seed_decides

def split_words(words, fractions, seed):
    order = np.random.default_rng(seed).permutation(len(words)).tolist()
    a = round(fractions[0] * len(words))
    b = round((fractions[0] + fractions[1]) * len(words))
    return order[:a], order[a:b], order[b:]
