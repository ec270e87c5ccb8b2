# exercise: has_motif
# mistake: returns the truth value of the best position, which is false at 0

def has_motif(onehot, pwm, threshold):
    hits = (pwm_scan(onehot, pwm) >= threshold).float()
    return bool(hits.argmax())
