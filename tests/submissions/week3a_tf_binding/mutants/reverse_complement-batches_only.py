# exercise: reverse_complement
# mistake: flips dimensions 1 and 2, which one sequence alone does not have
# caught by: test_one_sequence

def reverse_complement(onehot):
    return onehot.flip(1, 2)
