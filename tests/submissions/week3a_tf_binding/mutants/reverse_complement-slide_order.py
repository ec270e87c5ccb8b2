# exercise: reverse_complement
# mistake: pairs neighbors, as if the order were A, T, G, C
# caught by: test_one_sequence

def reverse_complement(onehot):
    return onehot.flip(-2)[..., [1, 0, 3, 2]]
