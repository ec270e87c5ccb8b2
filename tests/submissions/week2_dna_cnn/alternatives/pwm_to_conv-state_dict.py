# exercise: pwm_to_conv
# style: loads the PWM as the layer's state dict

def pwm_to_conv(pwm):
    k, channels = pwm.shape
    conv = nn.Conv1d(in_channels=channels, out_channels=1, kernel_size=k, bias=False)
    conv.load_state_dict({"weight": pwm.permute(1, 0).unsqueeze(0)})
    return conv
