# exercise: pwm_scan
# mistake: reshapes (L, 4) to (4, L) instead of transposing
# caught by: test_a_motif_at_either_end

def pwm_scan(onehot, pwm):
    x = onehot.reshape(1, 4, len(onehot))
    w = pwm.reshape(1, 4, len(pwm))
    return nn.functional.conv1d(x, w)[0, 0]
