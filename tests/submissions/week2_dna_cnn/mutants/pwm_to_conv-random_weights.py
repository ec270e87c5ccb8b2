# exercise: pwm_to_conv
# mistake: never puts the PWM into the layer
# caught by: test_worked_case

def pwm_to_conv(pwm):
    return nn.Conv1d(4, 1, len(pwm), bias=False)
