# exercise: pwm_scan
# style: three nested loops and no vectorised code

def pwm_scan(onehot, pwm):
    L, k = onehot.shape[0], pwm.shape[0]
    scores = torch.zeros(L - k + 1, dtype=onehot.dtype)
    for start in range(L - k + 1):
        for j in range(k):
            for base in range(4):
                scores[start] += onehot[start + j, base] * pwm[j, base]
    return scores
