# exercise: one_hot_batch
# mistake: cuts all sequences to the shortest instead of complaining
# caught by: test_shape_and_lengths

def one_hot_batch(sequences):
    length = min(len(s) for s in sequences)
    sequences = [s[:length] for s in sequences]
    onehots = torch.zeros(len(sequences), length, 4)
    for i, sequence in enumerate(sequences):
        for j, base in enumerate(sequence.upper()):
            if base in "ACGT":
                onehots[i, j, "ACGT".index(base)] = 1.0
    return onehots
