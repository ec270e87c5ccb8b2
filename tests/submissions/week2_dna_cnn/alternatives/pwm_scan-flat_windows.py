# exercise: pwm_scan
# style: windows as rows of a matrix, times the PWM as a column

def pwm_scan(onehot, pwm):
    k = len(pwm)
    rows = torch.stack([onehot[i:i + k].flatten() for i in range(len(onehot) - k + 1)])
    return rows @ pwm.flatten()
