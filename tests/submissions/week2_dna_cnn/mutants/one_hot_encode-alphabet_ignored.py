# exercise: one_hot_encode
# mistake: always uses the order ACGT, whatever alphabet says
# caught by: test_columns_follow_the_alphabet

def one_hot_encode(seq, alphabet="ACGT"):
    rows = {
        "A": [1, 0, 0, 0],
        "C": [0, 1, 0, 0],
        "G": [0, 0, 1, 0],
        "T": [0, 0, 0, 1],
        "N": [0, 0, 0, 0],
    }
    try:
        return torch.tensor([rows[base] for base in seq.upper()], dtype=torch.float32)
    except KeyError as e:
        raise ValueError(f"not a base: {e}")
