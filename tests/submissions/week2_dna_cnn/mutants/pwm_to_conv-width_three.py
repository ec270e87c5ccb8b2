# exercise: pwm_to_conv
# mistake: always makes a filter of width three
# caught by: test_equals_the_scan

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, 3, bias=False)
    with torch.no_grad():
        conv.weight.copy_(pwm[:3].T.unsqueeze(0))
    return conv
