# exercise: split_words
# mistake: rounds the shares to tenths before it cuts
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    shuffled = [words[i] for i in np.random.default_rng(seed).permutation(len(words))]
    first = round(round(fractions[0], 1) * len(words))
    last = len(words) - round(round(fractions[2], 1) * len(words))
    return shuffled[:first], shuffled[first:last], shuffled[last:]
