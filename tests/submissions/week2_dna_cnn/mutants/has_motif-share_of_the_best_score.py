# exercise: has_motif
# mistake: takes the threshold for a share of the best possible score
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    best = pwm.max(dim=1).values.sum()
    return bool(pwm_scan(onehot, pwm).max() >= threshold * best)
