# exercise: reverse_complement
# mistake: subtracts from one instead of exchanging the columns

def reverse_complement(onehot):
    return 1 - onehot.flip(-2)
