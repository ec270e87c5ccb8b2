# exercise: has_motif
# mistake: a strongly negative score counts as a match

def has_motif(onehot, pwm, threshold):
    return bool((pwm_scan(onehot, pwm).abs() >= threshold).any())
