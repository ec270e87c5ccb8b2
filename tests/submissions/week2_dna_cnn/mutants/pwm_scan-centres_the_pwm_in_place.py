# exercise: pwm_scan
# mistake: subtracts the mean from the PWM that was handed in
# caught by: test_a_motif_at_either_end
def pwm_scan(onehot, pwm):
    pwm -= pwm.mean()
    k = len(pwm)
    return torch.stack([(onehot[i : i + k] * pwm).sum() for i in range(len(onehot) - k + 1)])
