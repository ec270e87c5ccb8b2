# exercise: pwm_to_conv
# style: replaces the layer's weight by a new parameter

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False)
    conv.weight = nn.Parameter(pwm.detach().clone().t().contiguous()[None])
    return conv
