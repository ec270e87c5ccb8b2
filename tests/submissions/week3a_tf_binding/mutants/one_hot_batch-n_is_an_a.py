# exercise: one_hot_batch
# mistake: N falls into A's column
# caught by: test_letters

def one_hot_batch(sequences):
    if len({len(s) for s in sequences}) > 1:
        raise ValueError("sequences of unequal length")
    codes = torch.tensor([[{"C": 1, "G": 2, "T": 3}.get(b, 0) for b in s.upper()] for s in sequences])
    return nn.functional.one_hot(codes, 4).float()
