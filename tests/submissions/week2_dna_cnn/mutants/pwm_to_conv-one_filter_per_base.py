# exercise: pwm_to_conv
# mistake: a filter for each base, whose outputs are not added up
# caught by: test_worked_case

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 4, pwm.shape[0], bias=False, groups=4)
    with torch.no_grad():
        conv.weight.copy_(pwm.T.unsqueeze(1))
    return conv
