# exercise: pwm_scan
# mistake: returns the better of the two strands' scores
# caught by: test_worked_case

def pwm_scan(onehot, pwm):
    k = len(pwm)
    reverse = pwm.flip(0, 1)
    scores = []
    for i in range(len(onehot) - k + 1):
        window = onehot[i:i + k]
        scores.append(torch.maximum((window * pwm).sum(), (window * reverse).sum()))
    return torch.stack(scores)
