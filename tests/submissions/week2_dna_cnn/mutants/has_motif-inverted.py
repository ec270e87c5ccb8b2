# exercise: has_motif
# mistake: says True when no position reaches the threshold
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    return bool(pwm_scan(onehot, pwm).max() < threshold)
