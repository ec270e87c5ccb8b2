# exercise: has_motif
# mistake: returns a tensor of answers, one a position

def has_motif(onehot, pwm, threshold):
    return pwm_scan(onehot, pwm) >= threshold
