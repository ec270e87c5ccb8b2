# exercise: reverse_complement
# mistake: subtracts from one instead of exchanging the columns
# caught by: test_one_sequence

def reverse_complement(onehot):
    return 1 - onehot.flip(-2)
