# exercise: one_hot_batch
# mistake: stops at N
# caught by: test_letters

def one_hot_batch(sequences):
    if len({len(s) for s in sequences}) > 1:
        raise ValueError("sequences of unequal length")
    codes = torch.tensor([["ACGT".index(b) for b in s.upper()] for s in sequences])
    return nn.functional.one_hot(codes, 4).float()
