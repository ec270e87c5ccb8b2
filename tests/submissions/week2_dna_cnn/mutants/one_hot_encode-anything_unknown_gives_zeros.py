# exercise: one_hot_encode
# mistake: never complains, every unknown letter is a row of zeros
# caught by: test_anything_else_is_a_value_error

def one_hot_encode(seq, alphabet="ACGT"):
    seq = seq.upper()
    return torch.tensor([[float(base == letter) for letter in alphabet] for base in seq])
