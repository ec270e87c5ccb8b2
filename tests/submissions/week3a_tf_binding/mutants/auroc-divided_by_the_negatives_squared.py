# exercise: auroc
# mistake: takes both sides to be of one size
# caught by: test_values

def auroc(positives, negatives):
    positives = np.asarray(positives, dtype=float)
    negatives = np.asarray(negatives, dtype=float)
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both sides need a score")
    if np.isnan(positives).any() or np.isnan(negatives).any():
        raise ValueError("a score is nan")
    scores = np.concatenate([positives, negatives])
    _, group, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[group]
    n, m = len(positives), len(negatives)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / m**2)
