# exercise: pwm_scan
# mistake: cuts negative scores off at zero
# caught by: test_any_numbers

def pwm_scan(onehot, pwm):
    k = len(pwm)
    return torch.stack([(onehot[i:i + k] * pwm).sum().clamp(min=0) for i in range(len(onehot) - k + 1)])
