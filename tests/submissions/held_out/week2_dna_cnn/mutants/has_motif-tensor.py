# exercise: has_motif
# mistake: returns a tensor
def has_motif(onehot, pwm, threshold):
    """Does a motif occur anywhere in the sequence?

    onehot: float tensor (L, 4). pwm: float tensor (k, 4) of the same dtype, k at most L.
    threshold: a number.
    Returns a Python bool: True if the PWM's score is at least threshold at one place or more.
    You may use pwm_scan.
    """
    return pwm_scan(onehot, pwm).max() >= threshold
