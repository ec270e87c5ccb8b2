# exercise: auroc
# style: torch only, counts the negatives below

def auroc(positives, negatives):
    p = torch.as_tensor(positives, dtype=torch.float64)
    q = torch.as_tensor(negatives, dtype=torch.float64).sort().values
    if not len(p) or not len(q):
        raise ValueError("no pairs")
    if p.isnan().any() or q.isnan().any():
        raise ValueError("nan cannot be ranked")
    smaller = torch.searchsorted(q, p, right=False).double()
    equal = torch.searchsorted(q, p, right=True).double() - smaller
    return ((smaller + equal / 2).sum() / (len(p) * len(q))).item()
