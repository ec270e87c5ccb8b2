# exercise: pwm_to_conv
# mistake: leaves the layer its random bias
# caught by: test_worked_case

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0])
    with torch.no_grad():
        conv.weight.copy_(pwm.T.unsqueeze(0))
    return conv
