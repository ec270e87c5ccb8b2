# exercise: pwm_scan
# mistake: jumps by the motif's width from window to window
# caught by: test_shape

def pwm_scan(onehot, pwm):
    k = len(pwm)
    return torch.stack([(onehot[i:i + k] * pwm).sum() for i in range(0, len(onehot) - k + 1, k)])
