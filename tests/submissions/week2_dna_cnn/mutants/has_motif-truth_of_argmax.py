# exercise: has_motif
# mistake: returns the truth value of the best position, which is false at 0
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    hits = (pwm_scan(onehot, pwm) >= threshold).float()
    return bool(hits.argmax())
