# exercise: filter_pwm
# mistake: divides by the number of all windows instead of those counted
# caught by: test_worked_case

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        out = conv(onehots.permute(0, 2, 1))
    active = (out > threshold).float()
    windows = onehots.unfold(1, k, 1)
    counts = torch.einsum("nfp,npbk->fkb", active, windows)
    return counts / (active.shape[0] * active.shape[2])
