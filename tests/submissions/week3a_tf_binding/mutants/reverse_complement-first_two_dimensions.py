# exercise: reverse_complement
# mistake: flips the first two dimensions, which is wrong for a batch
# caught by: test_batches_and_any_numbers

def reverse_complement(onehot):
    return onehot.flip(0, 1)
