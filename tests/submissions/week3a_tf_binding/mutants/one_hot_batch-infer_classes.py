# exercise: one_hot_batch
# mistake: lets F.one_hot infer the number of classes, so that a batch without T and N has too few columns
# caught by: test_letters
# Exercise: one_hot_batch (2 points)
def one_hot_batch(sequences):
    """One-hot encode sequences of one length."""
    if len({len(s) for s in sequences}) > 1:
        raise ValueError("the sequences differ in length")
    codes = torch.tensor([["ACGTN".index(c) for c in s.upper()] for s in sequences])
    onehot = nn.functional.one_hot(codes)  # N has a column of its own, which is cut off
    return onehot[:, :, :4].float()
