# exercise: filter_pwm
# mistake: centers the filters in place and puts what is lost into the bias
# caught by: test_many_filters_and_sequences
def filter_pwm(conv, onehots, threshold=0.0):
    k = conv.kernel_size[0]
    with torch.no_grad():
        mean = conv.weight.mean(dim=1, keepdim=True)
        conv.weight -= mean
        conv.bias += mean.sum(dim=(1, 2))
        active = conv(onehots.transpose(1, 2)) > threshold
    windows = onehots.unfold(1, k, 1).float()
    counts = torch.einsum("nfs,nsbk->fkb", active.float(), windows)
    return counts / active.sum(dim=(0, 2)).clamp(min=1)[:, None, None]
