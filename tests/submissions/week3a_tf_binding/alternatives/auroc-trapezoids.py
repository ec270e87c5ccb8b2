# exercise: auroc
# style: the area under the curve of true against false positive rates

def auroc(positives, negatives):
    positives, negatives = np.array(positives, float), np.array(negatives, float)
    scores = np.r_[positives, negatives]
    if min(len(positives), len(negatives)) < 1 or np.isnan(scores).any():
        raise ValueError("scores are missing or nan")
    labels = np.r_[np.ones(len(positives)), np.zeros(len(negatives))]
    order = np.argsort(-scores)
    scores, labels = scores[order], labels[order]
    last = np.r_[np.flatnonzero(np.diff(scores)), len(scores) - 1]
    tpr = np.r_[0, labels.cumsum()[last] / len(positives)]
    fpr = np.r_[0, (1 - labels).cumsum()[last] / len(negatives)]
    return np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)
