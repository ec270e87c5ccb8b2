# exercise: has_motif
# mistake: scores the first window only

def has_motif(onehot, pwm, threshold):
    return bool(pwm_scan(onehot, pwm)[0] >= threshold)
