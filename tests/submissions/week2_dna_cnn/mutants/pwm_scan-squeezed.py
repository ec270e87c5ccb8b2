# exercise: pwm_scan
# mistake: squeezes the result, which loses its only dimension when the PWM is as long as the sequence
# caught by: test_shape

def pwm_scan(onehot, pwm):
    x = onehot.T.unsqueeze(0)
    w = pwm.T.unsqueeze(0)
    return nn.functional.conv1d(x, w).squeeze()
