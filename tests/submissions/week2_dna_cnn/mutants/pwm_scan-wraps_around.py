# exercise: pwm_scan
# mistake: rolls the sequence, so that the last windows run over its end into its start
# caught by: test_shape

def pwm_scan(onehot, pwm):
    total = torch.zeros(len(onehot), dtype=onehot.dtype)
    for j in range(len(pwm)):
        total = total + onehot.roll(-j, 0) @ pwm[j]
    return total
