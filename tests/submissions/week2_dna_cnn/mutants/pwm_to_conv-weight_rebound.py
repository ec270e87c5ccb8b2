# exercise: pwm_to_conv
# mistake: assigns the PWM to a local name instead of to the layer's weight
# caught by: test_worked_case

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False)
    weight = conv.weight
    weight = pwm.T.unsqueeze(0)
    return conv
