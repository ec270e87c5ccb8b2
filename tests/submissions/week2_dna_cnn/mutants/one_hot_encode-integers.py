# exercise: one_hot_encode
# mistake: returns integers, which no linear layer accepts
# caught by: test_shape_and_dtype

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = torch.zeros(len(seq), 4, dtype=torch.long)
    for i, base in enumerate(seq.upper()):
        if base == "N":
            continue
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        onehot[i, alphabet.index(base)] = 1.0
    return onehot
