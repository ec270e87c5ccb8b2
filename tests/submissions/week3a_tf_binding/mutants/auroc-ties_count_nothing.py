# exercise: auroc
# mistake: counts only the pairs in which the positive is larger
# caught by: test_ties

def auroc(positives, negatives):
    positives = np.asarray(positives, dtype=float)
    negatives = np.asarray(negatives, dtype=float)
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both sides need a score")
    if np.isnan(positives).any() or np.isnan(negatives).any():
        raise ValueError("a score is nan")
    below = np.searchsorted(np.sort(negatives), positives, side="left")
    return float(below.mean() / len(negatives))
