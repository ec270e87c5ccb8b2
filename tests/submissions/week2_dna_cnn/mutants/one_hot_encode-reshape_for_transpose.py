# exercise: one_hot_encode
# mistake: builds (4, L) and reshapes it to (L, 4)
# caught by: test_lower_case_and_unknown_bases

def one_hot_encode(seq, alphabet="ACGT"):
    seq = seq.upper()
    if set(seq) - set(alphabet + "N"):
        raise ValueError("unknown base")
    rows = [[float(base == letter) for base in seq] for letter in alphabet]
    return torch.tensor(rows).reshape(len(seq), 4)
