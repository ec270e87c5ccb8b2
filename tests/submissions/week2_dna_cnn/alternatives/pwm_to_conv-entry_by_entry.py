# exercise: pwm_to_conv
# style: writes one weight after another

def pwm_to_conv(pwm):
    conv = nn.Conv1d(4, 1, len(pwm), bias=False)
    for j in range(len(pwm)):
        for base in range(4):
            conv.weight.data[0, base, j] = float(pwm[j][base])
    return conv
