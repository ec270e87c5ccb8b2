# exercise: one_hot_encode
# mistake: tests for N before the change to upper case, so a lower-case n raises a ValueError
# caught by: test_lower_case_and_unknown_bases
def one_hot_encode(seq, alphabet="ACGT"):
    out = torch.zeros(len(seq), 4)
    for i, letter in enumerate(seq):
        if letter == "N":
            continue
        out[i, alphabet.index(letter.upper())] = 1
    return out
