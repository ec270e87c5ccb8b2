# exercise: has_motif
# style: compares the best score with the threshold

def has_motif(onehot, pwm, threshold):
    return pwm_scan(onehot, pwm).max().item() >= threshold
