# exercise: has_motif
# style: a loop over windows that stops at the first match

def has_motif(onehot, pwm, threshold):
    k = pwm.shape[0]
    for start in range(onehot.shape[0] - k + 1):
        window = onehot[start:start + k]
        if (window * pwm).sum() >= threshold:
            return True
    return False
