# exercise: reverse_complement
# mistake: flips the order of the sequences in the batch too
# caught by: test_batches_and_any_numbers

def reverse_complement(onehot):
    return onehot.flip(tuple(range(onehot.dim())))
