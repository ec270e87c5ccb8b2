# exercise: one_hot_batch
# mistake: unequal lengths end in an AssertionError
# caught by: test_shape_and_lengths

def one_hot_batch(sequences):
    length = len(sequences[0])
    assert all(len(s) == length for s in sequences), "unequal lengths"
    onehots = torch.zeros(len(sequences), length, 4)
    for i, sequence in enumerate(sequences):
        for j, base in enumerate(sequence.upper()):
            if base in "ACGT":
                onehots[i, j, "ACGT".index(base)] = 1.0
    return onehots
