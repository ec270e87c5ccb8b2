# exercise: has_motif
# mistake: a site on the other strand counts too
# caught by: test_anywhere_in_the_sequence

def has_motif(onehot, pwm, threshold):
    both = torch.cat([pwm_scan(onehot, pwm), pwm_scan(onehot, pwm.flip(0, 1))])
    return bool((both >= threshold).any())
