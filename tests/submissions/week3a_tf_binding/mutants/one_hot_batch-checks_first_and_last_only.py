# exercise: one_hot_batch
# mistake: compares only the first sequence's length with the last one's
# caught by: test_shape_and_lengths

def one_hot_batch(sequences):
    length = len(sequences[0])
    if len(sequences[-1]) != length:
        raise ValueError("sequences of unequal length")
    onehots = torch.zeros(len(sequences), max(len(s) for s in sequences), 4)
    for i, sequence in enumerate(sequences):
        for j, base in enumerate(sequence.upper()):
            if base in "ACGT":
                onehots[i, j, "ACGT".index(base)] = 1.0
    return onehots
