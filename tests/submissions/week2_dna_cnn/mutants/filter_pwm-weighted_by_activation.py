# exercise: filter_pwm
# mistake: weights each window by its activation
# caught by: test_worked_case

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        out = conv(onehots.permute(0, 2, 1))
    active = torch.relu(out - threshold)
    windows = onehots.unfold(1, k, 1)
    counts = torch.einsum("nfp,npbk->fkb", active, windows)
    total = active.sum(dim=(0, 2)).clamp(min=1e-12)
    return counts / total[:, None, None]
