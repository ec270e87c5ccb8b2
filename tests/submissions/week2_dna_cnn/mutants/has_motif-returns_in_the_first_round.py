# exercise: has_motif
# mistake: the return False stands inside the loop

def has_motif(onehot, pwm, threshold):
    for score in pwm_scan(onehot, pwm):
        if score >= threshold:
            return True
        else:
            return False
