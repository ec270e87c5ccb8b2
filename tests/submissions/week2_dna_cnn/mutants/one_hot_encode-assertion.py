# exercise: one_hot_encode
# mistake: an unknown letter ends in an AssertionError instead of a ValueError
# caught by: test_anything_else_is_a_value_error

def one_hot_encode(seq, alphabet="ACGT"):
    seq = seq.upper()
    assert all(base in alphabet + "N" for base in seq), "unknown base"
    return torch.tensor([[float(base == letter) for letter in alphabet] for base in seq])
