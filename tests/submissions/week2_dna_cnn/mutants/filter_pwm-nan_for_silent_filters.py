# exercise: filter_pwm
# mistake: divides by zero for a filter that no window activates
# caught by: test_shape_and_empty_filters

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        out = conv(onehots.permute(0, 2, 1))
    active = (out > threshold).float()
    windows = onehots.unfold(1, k, 1)
    counts = torch.einsum("nfp,npbk->fkb", active, windows)
    total = active.sum(dim=(0, 2))
    return counts / total[:, None, None]
