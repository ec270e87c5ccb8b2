# exercise: one_hot_encode
# mistake: find returns -1 for what it does not know, which writes into the last column
# caught by: test_lower_case_and_unknown_bases

def one_hot_encode(seq, alphabet="ACGT"):
    onehot = torch.zeros(len(seq), 4)
    for i, base in enumerate(seq.upper()):
        onehot[i, alphabet.find(base)] = 1.0
    return onehot
