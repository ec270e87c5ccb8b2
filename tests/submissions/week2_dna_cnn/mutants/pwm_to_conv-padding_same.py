# exercise: pwm_to_conv
# mistake: pads, so that the output is as long as the input
# caught by: test_form

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False, padding="same")
    with torch.no_grad():
        conv.weight.copy_(pwm.T.unsqueeze(0))
    return conv
