# exercise: filter_pwm
# mistake: computes the activations from the weights alone, without the bias
# caught by: test_worked_case

def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    windows = onehots.unfold(1, k, 1)
    out = torch.einsum("npbk,fbk->npf", windows, conv.weight.detach())
    active = (out > threshold).float()
    counts = torch.einsum("npf,npbk->fkb", active, windows)
    return counts / active.sum(dim=(0, 1)).clamp(min=1)[:, None, None]
