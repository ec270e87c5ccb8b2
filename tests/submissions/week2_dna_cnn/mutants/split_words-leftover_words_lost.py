# exercise: split_words
# mistake: rounds all three sizes down, and the words left over are in no list
# caught by: test_a_partition_of_the_right_sizes

def split_words(words, fractions, seed):
    shuffled = np.random.default_rng(seed).permutation(words).tolist()
    n1, n2, n3 = [int(f * len(words)) for f in fractions]
    return shuffled[:n1], shuffled[n1:n1 + n2], shuffled[n1 + n2:n1 + n2 + n3]
