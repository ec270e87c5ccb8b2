# exercise: has_motif
# mistake: scores the first window only
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    return bool(pwm_scan(onehot, pwm)[0] >= threshold)
