# exercise: one_hot_encode
# style: compares an array of letters with the alphabet, all at once

def one_hot_encode(seq, alphabet="ACGT"):
    letters = np.array(list(seq.upper()))
    columns = np.array(list(alphabet))
    onehot = letters[:, None] == columns[None, :]
    known = onehot.any(axis=1) | (letters == "N")
    if not known.all():
        raise ValueError("unknown letters: " + "".join(sorted(set(letters[~known]))))
    return torch.from_numpy(onehot.astype(np.float32))
