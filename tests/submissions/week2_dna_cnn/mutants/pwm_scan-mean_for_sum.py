# exercise: pwm_scan
# mistake: averages the products
# caught by: test_worked_case

def pwm_scan(onehot, pwm):
    k = len(pwm)
    return torch.stack([(onehot[i:i + k] * pwm).mean() for i in range(len(onehot) - k + 1)])
