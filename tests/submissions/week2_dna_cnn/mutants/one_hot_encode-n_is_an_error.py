# exercise: one_hot_encode
# mistake: N raises a ValueError too
# caught by: test_lower_case_and_unknown_bases

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq.upper()):
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        onehot[i, alphabet.index(base)] = 1.0
    return onehot
