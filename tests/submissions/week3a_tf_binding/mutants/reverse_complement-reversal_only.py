# exercise: reverse_complement
# mistake: reverses without complementing
# caught by: test_one_sequence

def reverse_complement(onehot):
    return onehot.flip(-2)
