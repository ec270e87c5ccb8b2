# exercise: filter_pwm
# style: numpy's sliding windows and matrix products

def filter_pwm(conv, onehots, threshold=0.0):
    with torch.no_grad():
        hits = (conv(onehots.permute(0, 2, 1)) > threshold).numpy()
    k = conv.weight.shape[-1]
    windows = np.lib.stride_tricks.sliding_window_view(onehots.numpy(), k, axis=1)
    flat = windows.reshape(-1, 4 * k)
    by_filter = hits.transpose(1, 0, 2).reshape(hits.shape[1], -1).astype(np.float32)
    counts = by_filter @ flat
    totals = by_filter.sum(axis=1, keepdims=True)
    freq = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    return torch.from_numpy(freq.reshape(-1, 4, k).transpose(0, 2, 1).copy())
