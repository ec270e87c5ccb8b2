# exercise: has_motif
# mistake: compares with the threshold rounded down to a half
# caught by: test_thresholds_of_any_sign
def has_motif(onehot, pwm, threshold):
    import math

    return bool((pwm_scan(onehot, pwm) >= math.floor(threshold * 2) / 2).any())
