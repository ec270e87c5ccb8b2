# exercise: has_motif
# style: Python's any over the scores of its own convolution

def has_motif(onehot: torch.Tensor, pwm: torch.Tensor, threshold: float) -> bool:
    with torch.no_grad():
        scores = nn.functional.conv1d(onehot.T[None], pwm.T[None]).flatten().tolist()
    return any(score >= threshold for score in scores)
