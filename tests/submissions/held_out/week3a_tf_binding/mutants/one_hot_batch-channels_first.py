# exercise: one_hot_batch
# mistake: returns (n, 4, L)
def one_hot_batch(sequences):
    """One-hot encode sequences of one length.

    sequences: a list of n strings of length L; letters A, C, G, T and N, upper or lower case.
    Returns a float32 tensor (n, L, 4), columns in the order ACGT; an N is a row of zeros.
    Raises a ValueError if the sequences differ in length.
    """
    if len({len(sequence) for sequence in sequences}) > 1:
        raise ValueError("the sequences have different lengths")
    rows = np.zeros((256, 4), dtype=np.float32)  # one for each character there is
    for column, base in enumerate("ACGT"):
        rows[[ord(base), ord(base.lower())], column] = 1
    codes = np.array([list(sequence.encode()) for sequence in sequences])
    return torch.from_numpy(rows[codes]).transpose(1, 2)
