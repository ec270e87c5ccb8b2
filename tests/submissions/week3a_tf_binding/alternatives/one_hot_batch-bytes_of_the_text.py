# exercise: one_hot_batch
# style: reads the sequences' bytes and compares them with the alphabet

def one_hot_batch(sequences):
    if len(set(map(len, sequences))) != 1:
        raise ValueError("all sequences must have the same length")
    text = "".join(sequences).upper().encode()
    letters = np.frombuffer(text, dtype=np.uint8).reshape(len(sequences), -1)
    alphabet = np.frombuffer(b"ACGT", dtype=np.uint8)
    return torch.from_numpy((letters[:, :, None] == alphabet).astype(np.float32))
