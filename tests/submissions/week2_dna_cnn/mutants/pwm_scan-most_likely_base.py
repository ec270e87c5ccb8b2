# exercise: pwm_scan
# mistake: takes each row's argmax, which reads N as A
# caught by: test_any_numbers

def pwm_scan(onehot, pwm):
    k = len(pwm)
    bases = onehot.argmax(dim=1)
    scores = [pwm[torch.arange(k), bases[i:i + k]].sum() for i in range(len(onehot) - k + 1)]
    return torch.stack(scores)
