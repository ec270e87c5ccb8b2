# exercise: has_motif
# mistake: calls every positive score a match

def has_motif(onehot, pwm, threshold):
    return bool((pwm_scan(onehot, pwm) > 0).any())
