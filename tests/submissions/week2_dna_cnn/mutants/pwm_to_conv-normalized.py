# exercise: pwm_to_conv
# mistake: scales the PWM to unit length
# caught by: test_worked_case

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, pwm.shape[0], bias=False)
    with torch.no_grad():
        conv.weight.copy_((pwm / pwm.norm()).T.unsqueeze(0))
    return conv
