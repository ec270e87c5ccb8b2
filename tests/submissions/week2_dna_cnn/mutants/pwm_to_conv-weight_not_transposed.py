# exercise: pwm_to_conv
# mistake: the weight is (1, k, 4), so that the layer wants k channels
# caught by: test_worked_case

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False)
    conv.weight = nn.Parameter(pwm.clone().unsqueeze(0))
    return conv
