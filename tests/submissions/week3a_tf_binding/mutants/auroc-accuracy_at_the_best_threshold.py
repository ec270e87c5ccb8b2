# exercise: auroc
# mistake: returns the best accuracy of a threshold, not the area
# caught by: test_values

def auroc(positives, negatives):
    positives = np.asarray(positives, dtype=float)
    negatives = np.asarray(negatives, dtype=float)
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both sides need a score")
    if np.isnan(positives).any() or np.isnan(negatives).any():
        raise ValueError("a score is nan")
    scores = np.concatenate([positives, negatives])
    thresholds = np.quantile(scores, np.linspace(0, 1, 101))
    right = [((positives >= t).sum() + (negatives < t).sum()) for t in thresholds]
    return float(max(right) / len(scores))
