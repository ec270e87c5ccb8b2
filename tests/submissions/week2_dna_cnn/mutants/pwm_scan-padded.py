# exercise: pwm_scan
# mistake: pads with zeros, so that there is a score for every position of the sequence
# caught by: test_shape

def pwm_scan(onehot, pwm):
    k, L = len(pwm), len(onehot)
    padded = torch.cat([onehot, torch.zeros(k - 1, 4, dtype=onehot.dtype)])
    return torch.stack([(padded[i:i + k] * pwm).sum() for i in range(L)])
