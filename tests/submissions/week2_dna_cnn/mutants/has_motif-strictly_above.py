# exercise: has_motif
# mistake: asks for more than the threshold instead of at least
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    return bool((pwm_scan(onehot, pwm) > threshold).any())
