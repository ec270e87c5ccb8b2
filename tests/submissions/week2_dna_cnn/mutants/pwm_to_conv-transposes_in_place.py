# exercise: pwm_to_conv
# mistake: transposes the PWM that was handed in
# caught by: test_every_call_makes_its_own_layer
def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, len(pwm), bias=False)
    with torch.no_grad():
        conv.weight.copy_(pwm.t_()[None])
    return conv
