# exercise: one_hot_encode
# style: a nested loop over positions and letters

def one_hot_encode(seq, alphabet="ACGT"):
    rows = []
    for base in seq:
        row = [0.0, 0.0, 0.0, 0.0]
        found = base in "Nn"
        for j in range(4):
            if base == alphabet[j].upper() or base == alphabet[j].lower():
                row[j] = 1.0
                found = True
        if not found:
            raise ValueError("I do not know the base " + base)
        rows.append(row)
    return torch.tensor(rows, dtype=torch.float32)
