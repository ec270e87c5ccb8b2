# exercise: reverse_complement
# mistake: returns (..., 4, L)

def reverse_complement(onehot):
    return onehot.flip(-1, -2).transpose(-1, -2)
