# exercise: pwm_to_conv
# mistake: returns the weights instead of the layer

def pwm_to_conv(pwm):
    return nn.Parameter(pwm.T.unsqueeze(0).clone())
