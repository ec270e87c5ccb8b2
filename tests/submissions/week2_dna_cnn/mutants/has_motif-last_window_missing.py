# exercise: has_motif
# mistake: never looks at the last window
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    k = len(pwm)
    for i in range(len(onehot) - k):
        if float((onehot[i:i + k] * pwm).sum()) >= threshold:
            return True
    return False
