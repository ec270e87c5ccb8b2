# exercise: one_hot_batch
# mistake: unequal lengths end in the RuntimeError of torch.stack
# caught by: test_shape_and_lengths

def one_hot_batch(sequences):
    table = torch.cat([torch.eye(4), torch.zeros(1, 4)])
    rows = []
    for sequence in sequences:
        rows.append(table[[("ACGT".index(b) if b in "ACGT" else 4) for b in sequence.upper()]])
    return torch.stack(rows)
