# exercise: reverse_complement
# mistake: reverses without complementing

def reverse_complement(onehot):
    return onehot.flip(-2)
