# exercise: reverse_complement
# mistake: returns (..., 4, L)
# caught by: test_one_sequence

def reverse_complement(onehot):
    return onehot.flip(-1, -2).transpose(-1, -2)
