# exercise: one_hot_encode
# mistake: N gets a fifth column
# caught by: test_shape_and_dtype

def one_hot_encode(seq, alphabet="ACGT"):
    letters = alphabet + "N"
    onehot = torch.zeros(len(seq), len(letters))
    for i, base in enumerate(seq.upper()):
        if base not in letters:
            raise ValueError(f"unknown base {base}")
        onehot[i, letters.index(base)] = 1.0
    return onehot
