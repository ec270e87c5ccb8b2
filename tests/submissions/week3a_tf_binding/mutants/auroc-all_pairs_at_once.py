# exercise: auroc
# mistake: compares all pairs in one table, which does not fit into memory for many scores
# caught by: test_many_scores

def auroc(positives, negatives):
    positives = np.asarray(positives, dtype=float)
    negatives = np.asarray(negatives, dtype=float)
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both sides need a score")
    if np.isnan(positives).any() or np.isnan(negatives).any():
        raise ValueError("a score is nan")
    a, b = positives[:, None], negatives[None]
    return float(((a > b) + 0.5 * (a == b)).mean())
