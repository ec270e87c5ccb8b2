# exercise: has_motif
# mistake: never looks at the last window

def has_motif(onehot, pwm, threshold):
    k = len(pwm)
    for i in range(len(onehot) - k):
        if float((onehot[i:i + k] * pwm).sum()) >= threshold:
            return True
    return False
