# exercise: one_hot_encode
# mistake: goes through numpy and stays in float64
# caught by: test_shape_and_dtype

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = np.zeros((len(seq), 4))
    for i, base in enumerate(seq.upper()):
        if base == "N":
            continue
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        onehot[i, alphabet.index(base)] = 1
    return torch.from_numpy(onehot)
