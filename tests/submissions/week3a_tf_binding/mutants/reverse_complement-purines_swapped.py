# exercise: reverse_complement
# mistake: swaps A with G and C with T
# caught by: test_one_sequence

def reverse_complement(onehot):
    return onehot.flip(-2)[..., [2, 3, 0, 1]]
