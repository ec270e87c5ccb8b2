# exercise: pwm_scan
# mistake: sums over the motif's positions only, and keeps the four bases apart
# caught by: test_shape

def pwm_scan(onehot, pwm):
    k = len(pwm)
    return torch.stack([(onehot[i:i + k] * pwm).sum(dim=0) for i in range(len(onehot) - k + 1)])
