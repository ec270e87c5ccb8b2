# exercise: reverse_complement
# mistake: flips the first two dimensions, which is wrong for a batch

def reverse_complement(onehot):
    return onehot.flip(0, 1)
