# exercise: reverse_complement
# mistake: complements without reversing

def reverse_complement(onehot):
    return onehot.flip(-1)
