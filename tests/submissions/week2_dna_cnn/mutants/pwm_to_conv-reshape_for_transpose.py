# exercise: pwm_to_conv
# mistake: reshapes the PWM to (1, 4, k) instead of transposing it
# caught by: test_worked_case

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False)
    with torch.no_grad():
        conv.weight.copy_(pwm.reshape(1, 4, pwm.shape[0]))
    return conv
