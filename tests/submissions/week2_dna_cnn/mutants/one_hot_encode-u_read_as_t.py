# exercise: one_hot_encode
# mistake: an RNA U is taken for a T and a gap for an N instead of raising a ValueError
# caught by: test_anything_else_is_a_value_error
def one_hot_encode(seq, alphabet="ACGT"):
    seq = seq.upper().replace("U", "T").replace("-", "N")
    out = torch.zeros(len(seq), 4)
    for i, letter in enumerate(seq):
        if letter != "N":
            out[i, alphabet.index(letter)] = 1
    return out
