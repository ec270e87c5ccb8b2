# exercise: has_motif
# mistake: a strongly negative score counts as a match
# caught by: test_thresholds_of_any_sign

def has_motif(onehot, pwm, threshold):
    return bool((pwm_scan(onehot, pwm).abs() >= threshold).any())
