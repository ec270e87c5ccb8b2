# exercise: filter_pwm
# mistake: returns counts
def filter_pwm(conv, onehots, threshold=0.0):
    """Base frequencies of the windows to which each filter of a convolution responds.

    conv: nn.Conv1d(4, F, k) without padding. onehots: float tensor (n, L, 4) on conv's device,
    words without N.
    A window of k bases, in any word and at any place, counts for filter f if the convolution's own
    output for f there (bias included, before any ReLU) is above threshold.
    Returns a tensor (F, k, 4): entry [f, m, j] is the share of the windows counted for f that have
    base j at place m. A filter for which no window counts gives zeros.
    """
    with torch.no_grad():
        active = (conv(onehots.transpose(1, 2)) > threshold).to(onehots.dtype)  # (n, F, places)
    windows = onehots.unfold(1, conv.kernel_size[0], 1)  # (n, places, 4, k)
    totals = torch.einsum("nfp,npjm->fmj", active, windows)
    counted = active.sum(dim=(0, 2)).clamp(min=1)
    return totals
