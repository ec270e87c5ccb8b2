# exercise: pwm_scan
# mistake: returns the best score instead of all of them
# caught by: test_shape

def pwm_scan(onehot, pwm):
    k = len(pwm)
    return torch.stack([(onehot[i:i + k] * pwm).sum() for i in range(len(onehot) - k + 1)]).max()
