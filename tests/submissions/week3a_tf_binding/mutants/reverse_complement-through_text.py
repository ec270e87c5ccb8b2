# exercise: reverse_complement
# mistake: writes the sequence out as text, for one sequence only, and takes N for T
# caught by: test_one_sequence

def reverse_complement(onehot):
    text = "".join("ACGT"[int(row.argmax())] for row in onehot)
    pairs = {"A": "T", "C": "G", "G": "C", "T": "A"}
    other = "".join(pairs[base] for base in reversed(text))
    return torch.stack([torch.eye(4)[("ACGT").index(base)] for base in other])
