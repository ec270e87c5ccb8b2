# exercise: has_motif
# mistake: returns a tensor of answers, one per position
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    return pwm_scan(onehot, pwm) >= threshold
