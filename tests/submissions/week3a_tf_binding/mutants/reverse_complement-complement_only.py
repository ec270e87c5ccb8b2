# exercise: reverse_complement
# mistake: complements without reversing
# caught by: test_one_sequence

def reverse_complement(onehot):
    return onehot.flip(-1)
