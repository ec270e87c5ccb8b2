# exercise: filter_pwm
# mistake: counts only the best window of each sequence
# caught by: test_many_filters_and_sequences

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        out = conv(onehots.permute(0, 2, 1))
    best = nn.functional.one_hot(out.argmax(dim=2), out.shape[2])
    active = ((out > threshold) & (best == 1)).float()
    windows = onehots.unfold(1, k, 1)
    counts = torch.einsum("nfp,npbk->fkb", active, windows)
    total = active.sum(dim=(0, 2)).clamp(min=1)
    return counts / total[:, None, None]
