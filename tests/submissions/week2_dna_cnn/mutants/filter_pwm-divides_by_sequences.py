# exercise: filter_pwm
# mistake: divides by the number of sequences that have a window, not by the windows
# caught by: test_shape_and_empty_filters

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        out = conv(onehots.permute(0, 2, 1))
    active = (out > threshold).float()
    windows = onehots.unfold(1, k, 1)
    counts = torch.einsum("nfp,npbk->fkb", active, windows)
    total = active.amax(dim=2).sum(dim=0).clamp(min=1)
    return counts / total[:, None, None]
