# exercise: reverse_complement
# mistake: turns every value above a half into one and the rest into zero
# caught by: test_batches_and_any_numbers

def reverse_complement(onehot):
    return (onehot.flip(-1, -2) > 0.5).to(onehot.dtype)
