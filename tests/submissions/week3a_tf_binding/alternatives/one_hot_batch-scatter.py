# exercise: one_hot_batch
# style: class numbers, scatter into five columns, and the fifth cut off

def one_hot_batch(sequences: list[str]) -> torch.Tensor:
    lengths = [len(s) for s in sequences]
    if min(lengths) != max(lengths):
        raise ValueError("unequal lengths")
    codes = torch.tensor([["ACGTN".index(b) for b in s.upper()] for s in sequences])
    return torch.zeros(*codes.shape, 5).scatter_(2, codes.unsqueeze(2), 1.0)[..., :4]
