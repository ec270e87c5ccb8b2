# exercise: reverse_complement
# mistake: overwrites its argument

def reverse_complement(onehot):
    onehot.copy_(onehot.flip(-1, -2).clone())
    return onehot
