# exercise: one_hot_encode
# mistake: lower-case letters become rows of zeros, like N
# caught by: test_lower_case_and_unknown_bases

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq):
        if base.upper() not in alphabet + "N":
            raise ValueError(f"unknown base {base}")
        for j in range(4):
            if base == alphabet[j]:
                onehot[i, j] = 1.0
    return onehot
