# exercise: auroc
# mistake: works for tensors only
# caught by: test_values

def auroc(positives, negatives):
    if positives.numel() == 0 or negatives.numel() == 0:
        raise ValueError("both sides need a score")
    if positives.isnan().any() or negatives.isnan().any():
        raise ValueError("a score is nan")
    ordered = negatives.double().sort().values
    below = torch.searchsorted(ordered, positives.double())
    not_above = torch.searchsorted(ordered, positives.double(), right=True)
    return (below + not_above).double().mean().item() / (2 * len(negatives))
