# exercise: pwm_scan
# style: one matrix product, whose diagonals are then added

def pwm_scan(onehot, pwm):
    k = pwm.shape[0]
    n = onehot.shape[0] - k + 1
    table = onehot @ pwm.T
    return sum(table[j:j + n, j] for j in range(k))
