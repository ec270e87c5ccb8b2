# exercise: split_words
# mistake: rounds the sizes to whole tens of words
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    shuffled = [words[i] for i in np.random.default_rng(seed).permutation(len(words))]
    n1, n2 = (round(f * len(words), -1) for f in fractions[:2])
    n1, n2 = int(n1), int(n2)
    return shuffled[:n1], shuffled[n1:n1 + n2], shuffled[n1 + n2:]
