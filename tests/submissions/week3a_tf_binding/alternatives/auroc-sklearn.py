# exercise: auroc
# style: scikit-learn's roc_auc_score

from sklearn.metrics import roc_auc_score


def auroc(positives, negatives):
    sides = [torch.as_tensor(side).detach().cpu().double() for side in (positives, negatives)]
    if any(side.numel() == 0 or torch.isnan(side).any() for side in sides):
        raise ValueError("scores are missing, or are nan")
    labels = torch.cat([torch.ones(len(sides[0])), torch.zeros(len(sides[1]))])
    return roc_auc_score(labels.numpy(), torch.cat(sides).numpy())
