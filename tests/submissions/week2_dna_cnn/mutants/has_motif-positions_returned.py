# exercise: has_motif
# mistake: returns the list of the positions that match
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    scores = pwm_scan(onehot, pwm)
    return [i for i, s in enumerate(scores) if s >= threshold]
