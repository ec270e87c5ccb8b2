# exercise: pwm_scan
# mistake: stops one window too early
# caught by: test_shape

def pwm_scan(onehot, pwm):
    k = len(pwm)
    scores = []
    for i in range(len(onehot) - k):
        scores.append((onehot[i:i + k] * pwm).sum())
    return torch.stack(scores) if scores else torch.zeros(0)
