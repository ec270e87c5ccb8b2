# exercise: auroc
# mistake: compares the i-th positive with the i-th negative only
# caught by: test_values

def auroc(positives, negatives):
    positives = np.asarray(positives, dtype=float)
    negatives = np.asarray(negatives, dtype=float)
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both sides need a score")
    if np.isnan(positives).any() or np.isnan(negatives).any():
        raise ValueError("a score is nan")
    n = min(len(positives), len(negatives))
    a, b = positives[:n], negatives[:n]
    return float(((a > b) + 0.5 * (a == b)).mean())
