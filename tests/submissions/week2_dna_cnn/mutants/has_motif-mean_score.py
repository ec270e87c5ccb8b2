# exercise: has_motif
# mistake: compares the mean score with the threshold

def has_motif(onehot, pwm, threshold):
    return bool(pwm_scan(onehot, pwm).mean() >= threshold)
