# exercise: one_hot_encode
# mistake: returns (1, L, 4)
# caught by: test_shape_and_dtype

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq.upper()):
        if base == "N":
            continue
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        onehot[i, alphabet.index(base)] = 1.0
    return onehot.unsqueeze(0)
