# exercise: one_hot_encode
# mistake: columns in the slide's order A, T, G, C although the default says otherwise
# caught by: test_columns_follow_the_alphabet

def one_hot_encode(seq, alphabet="ATGC"):
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq.upper()):
        if base == "N":
            continue
        if base not in alphabet:
            raise ValueError(f"unknown base {base}")
        onehot[i, alphabet.index(base)] = 1.0
    return onehot
