# exercise: pwm_scan
# mistake: takes every PWM to be three positions wide
# caught by: test_shape

def pwm_scan(onehot, pwm):
    return torch.stack([(onehot[i:i + 3] * pwm[:3]).sum() for i in range(len(onehot) - 2)])
