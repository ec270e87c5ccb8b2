# exercise: one_hot_batch
# style: rows of a table, one sequence after another

ROWS = {"A": [1.0, 0, 0, 0], "C": [0, 1.0, 0, 0], "G": [0, 0, 1.0, 0], "T": [0, 0, 0, 1.0]}
ROWS.update({base.lower(): row for base, row in list(ROWS.items())})
ROWS["N"] = ROWS["n"] = [0.0, 0, 0, 0]

def one_hot_batch(sequences):
    encoded = []
    for sequence in sequences:
        if len(sequence) != len(sequences[0]):
            raise ValueError(f"{len(sequence)} bases instead of {len(sequences[0])}")
        encoded.append([ROWS[base] for base in sequence])
    return torch.tensor(encoded, dtype=torch.float32)
