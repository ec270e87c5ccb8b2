# exercise: one_hot_encode
# mistake: refuses lower-case sequences
# caught by: test_lower_case_and_unknown_bases

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq):
        if base == "N":
            continue
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        onehot[i, alphabet.index(base)] = 1.0
    return onehot
