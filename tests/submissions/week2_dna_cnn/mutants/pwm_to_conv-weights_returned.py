# exercise: pwm_to_conv
# mistake: returns the weights instead of the layer
# caught by: test_worked_case

def pwm_to_conv(pwm):
    return nn.Parameter(pwm.T.unsqueeze(0).clone())
