# exercise: pwm_scan
# mistake: divides each score by the motif's width
# caught by: test_worked_case

def pwm_scan(onehot, pwm):
    k = len(pwm)
    windows = onehot.unfold(0, k, 1)
    return torch.einsum("sbk,kb->s", windows, pwm) / k
