# exercise: reverse_complement
# mistake: goes through argmax, which makes N an A and loses all values but ones
# caught by: test_one_sequence

def reverse_complement(onehot):
    codes = onehot.argmax(dim=-1)
    return nn.functional.one_hot(3 - codes.flip(-1), 4).to(onehot.dtype)
