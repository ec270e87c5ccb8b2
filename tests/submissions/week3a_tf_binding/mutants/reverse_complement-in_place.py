# exercise: reverse_complement
# mistake: overwrites its argument
# caught by: test_batches_and_any_numbers

def reverse_complement(onehot):
    onehot.copy_(onehot.flip(-1, -2).clone())
    return onehot
