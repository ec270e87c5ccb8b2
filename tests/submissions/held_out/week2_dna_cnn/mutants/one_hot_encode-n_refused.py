# exercise: one_hot_encode
# mistake: raises for N
def one_hot_encode(seq, alphabet="ACGT"):
    """One-hot encode a DNA sequence.

    seq: a string of length L, of the letters A, C, G, T and N, in upper or lower case or both.
    alphabet: the four bases (upper case) in the order of the columns.
    Returns a float32 tensor (L, 4): row i has a 1 in the column of base seq[i] and zeros elsewhere;
    the row of an N is all zeros.
    Raises ValueError if seq has any other letter (a space, a U, a gap).
    """
    letters = seq.upper()
    unknown = set(letters) - set(alphabet)
    if unknown:
        raise ValueError(f"not a DNA sequence, it has {sorted(unknown)}")
    rows = [[float(letter == base) for base in alphabet] for letter in letters]
    return torch.tensor(rows, dtype=torch.float32).reshape(len(letters), len(alphabet))
