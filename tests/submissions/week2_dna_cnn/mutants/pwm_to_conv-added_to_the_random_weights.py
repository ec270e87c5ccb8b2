# exercise: pwm_to_conv
# mistake: adds the PWM to the weights that the layer was born with
# caught by: test_equals_the_scan

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False)
    with torch.no_grad():
        conv.weight.add_(pwm.T.unsqueeze(0))
    return conv
