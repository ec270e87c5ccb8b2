# exercise: reverse_complement
# mistake: only reverses
def reverse_complement(onehot):
    """The other strand, read in its own direction.

    onehot: tensor (..., L, 4), any number of dimensions in front, columns in the order ACGT. The
    values may be any floats: you will also turn sums and frequencies round.
    Returns a tensor of the same shape; the argument is left as it is.
    """
    return onehot.flip(-2)
