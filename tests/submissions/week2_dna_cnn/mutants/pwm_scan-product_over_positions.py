# exercise: pwm_scan
# mistake: multiplies the positions' values instead of adding them
# caught by: test_worked_case

def pwm_scan(onehot, pwm):
    k = len(pwm)
    return torch.stack([(onehot[i:i + k] * pwm).sum(dim=1).prod() for i in range(len(onehot) - k + 1)])
