# exercise: has_motif
# mistake: asks whether all positions reach the threshold

def has_motif(onehot, pwm, threshold):
    return bool((pwm_scan(onehot, pwm) >= threshold).all())
