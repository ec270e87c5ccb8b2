# exercise: pwm_scan
# style: all windows at once with unfold, then einsum

def pwm_scan(onehot, pwm):
    windows = onehot.unfold(0, pwm.shape[0], 1)
    return torch.einsum("sbj,jb->s", windows, pwm)
