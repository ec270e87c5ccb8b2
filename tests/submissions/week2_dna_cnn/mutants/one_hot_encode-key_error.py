# exercise: one_hot_encode
# mistake: an unknown letter ends in a KeyError instead of a ValueError
# caught by: test_anything_else_is_a_value_error

def one_hot_encode(seq, alphabet="ACGT"):
    column = {base: j for j, base in enumerate(alphabet)}
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq.upper()):
        if base != "N":
            onehot[i, column[base]] = 1.0
    return onehot
