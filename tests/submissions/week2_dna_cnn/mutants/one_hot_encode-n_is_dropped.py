# exercise: one_hot_encode
# mistake: leaves N out, so that the result has fewer rows than the sequence
# caught by: test_lower_case_and_unknown_bases

def one_hot_encode(seq, alphabet="ACGT"):
    rows = []
    for base in seq.upper():
        if base == "N":
            continue
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        rows.append([float(base == letter) for letter in alphabet])
    return torch.tensor(rows, dtype=torch.float32).reshape(-1, 4)
