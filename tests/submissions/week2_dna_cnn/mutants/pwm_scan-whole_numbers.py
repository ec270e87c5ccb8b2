# exercise: pwm_scan
# mistake: keeps the scores in a tensor of integers
# caught by: test_any_numbers

def pwm_scan(onehot, pwm):
    k = len(pwm)
    scores = torch.zeros(len(onehot) - k + 1, dtype=torch.int64)
    for i in range(len(scores)):
        scores[i] = (onehot[i:i + k] * pwm).sum()
    return scores
