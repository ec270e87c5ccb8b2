# exercise: one_hot_batch
# mistake: N gives a quarter in each column
# caught by: test_letters

def one_hot_batch(sequences):
    length = len(sequences[0])
    if any(len(s) != length for s in sequences):
        raise ValueError("sequences of unequal length")
    onehots = torch.zeros(len(sequences), length, 4)
    for i, sequence in enumerate(sequences):
        for j, base in enumerate(sequence.upper()):
            if base in "ACGT":
                onehots[i, j, "ACGT".index(base)] = 1.0
            else:
                onehots[i, j] = 0.25
    return onehots
