# exercise: filter_pwm
# mistake: takes the threshold relative to each filter's largest output
# caught by: test_worked_case

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        out = conv(onehots.permute(0, 2, 1))
    active = (out > threshold + 0.5 * out.amax(dim=(0, 2), keepdim=True)).float()
    windows = onehots.unfold(1, k, 1)
    counts = torch.einsum("nfp,npbk->fkb", active, windows)
    total = active.sum(dim=(0, 2)).clamp(min=1)
    return counts / total[:, None, None]
