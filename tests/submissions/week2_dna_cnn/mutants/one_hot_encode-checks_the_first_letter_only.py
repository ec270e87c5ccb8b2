# exercise: one_hot_encode
# mistake: looks for unknown letters in the first position only
# caught by: test_anything_else_is_a_value_error

def one_hot_encode(seq, alphabet="ACGT"):
    seq = seq.upper()
    if seq[0] not in alphabet + "N":
        raise ValueError(f"unknown base {seq[0]}")
    return torch.tensor([[float(base == letter) for letter in alphabet] for base in seq])
