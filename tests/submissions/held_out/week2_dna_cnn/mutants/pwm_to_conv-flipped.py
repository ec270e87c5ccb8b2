# exercise: pwm_to_conv
# mistake: flips the pwm
def pwm_to_conv(pwm):
    """A convolution that scans with a position weight matrix.

    pwm: float32 tensor (k, 4), columns in the order of the input's channels. It is not changed.
    Returns an nn.Conv1d(4, 1, k, bias=False), without padding, whose weights are set such that an
    input of shape (1, 4, L), the transpose of a one-hot matrix (L, 4), gives an output of shape
    (1, 1, L - k + 1) that equals the scan with pwm.
    """
    conv = nn.Conv1d(4, 1, kernel_size=len(pwm), bias=False)
    with torch.no_grad():
        conv.weight.copy_(pwm.flip(0).T.unsqueeze(0))
    return conv
