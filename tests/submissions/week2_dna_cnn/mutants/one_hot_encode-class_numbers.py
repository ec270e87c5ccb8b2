# exercise: one_hot_encode
# mistake: returns the number of each base instead of its row
# caught by: test_shape_and_dtype

def one_hot_encode(seq, alphabet="ACGT"):
    for base in seq.upper():
        if base not in alphabet + "N":
            raise ValueError(f"unknown base {base}")
    return torch.tensor([float(alphabet.find(base)) for base in seq.upper()])
