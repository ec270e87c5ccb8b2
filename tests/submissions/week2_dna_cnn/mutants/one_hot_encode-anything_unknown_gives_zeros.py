# exercise: one_hot_encode
# mistake: never complains, every unknown letter is a row of zeros

def one_hot_encode(seq, alphabet="ACGT"):
    seq = seq.upper()
    return torch.tensor([[float(base == letter) for letter in alphabet] for base in seq])
