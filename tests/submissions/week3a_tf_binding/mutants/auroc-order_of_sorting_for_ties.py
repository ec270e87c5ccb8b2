# exercise: auroc
# mistake: ranks by the order of sorting, so equal scores get different ranks
# caught by: test_ties

def auroc(positives, negatives):
    positives = np.asarray(positives, dtype=float)
    negatives = np.asarray(negatives, dtype=float)
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both sides need a score")
    if np.isnan(positives).any() or np.isnan(negatives).any():
        raise ValueError("a score is nan")
    scores = np.concatenate([positives, negatives])
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    n, m = len(positives), len(negatives)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))
