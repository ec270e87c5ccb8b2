# exercise: has_motif
# mistake: compares the sum of all scores with the threshold
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    return bool(pwm_scan(onehot, pwm).sum() >= threshold)
