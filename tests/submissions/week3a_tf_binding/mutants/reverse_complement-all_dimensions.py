# exercise: reverse_complement
# mistake: flips the order of the sequences in the batch too

def reverse_complement(onehot):
    return onehot.flip(tuple(range(onehot.dim())))
