# exercise: has_motif
# mistake: the return False stands inside the loop
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    for score in pwm_scan(onehot, pwm):
        if score >= threshold:
            return True
        else:
            return False
