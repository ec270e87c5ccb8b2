# exercise: pwm_scan
# mistake: leaves the batch and channel dimensions of conv1d in place
# caught by: test_shape

def pwm_scan(onehot, pwm):
    return nn.functional.conv1d(onehot.T.unsqueeze(0), pwm.T.unsqueeze(0))
