# exercise: filter_pwm
# style: a mask picks each filter's windows, and their mean is the answer

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    windows = torch.stack([onehots[:, i:i + k] for i in range(onehots.shape[1] - k + 1)], dim=1)
    above = conv(onehots.permute(0, 2, 1)).detach() > threshold
    pwms = []
    for f in range(conv.out_channels):
        chosen = windows[above[:, f, :]]
        pwms.append(chosen.mean(dim=0) if len(chosen) else torch.zeros(k, 4))
    return torch.stack(pwms)
