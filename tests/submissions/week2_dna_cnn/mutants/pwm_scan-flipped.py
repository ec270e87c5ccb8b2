# exercise: pwm_scan
# mistake: a true convolution, with the PWM turned round
# caught by: test_worked_case

def pwm_scan(onehot, pwm):
    k = len(pwm)
    flipped = pwm.flip(0)
    return torch.stack([(onehot[i:i + k] * flipped).sum() for i in range(len(onehot) - k + 1)])
