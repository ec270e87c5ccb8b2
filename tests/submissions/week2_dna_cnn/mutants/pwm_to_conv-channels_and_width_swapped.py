# exercise: pwm_to_conv
# mistake: builds Conv1d(k, 1, 4)
# caught by: test_every_call_makes_its_own_layer

def pwm_to_conv(pwm):
    conv = nn.Conv1d(pwm.shape[0], 1, 4, bias=False)
    with torch.no_grad():
        conv.weight.copy_(pwm.unsqueeze(0))
    return conv
