# exercise: filter_pwm
# style: one matrix product per place of the filter, nan_to_num for empty filters
def filter_pwm(conv, onehots, threshold=0.0):
    with torch.inference_mode():
        activations = conv(onehots.transpose(1, 2))
    places = activations.shape[2]
    mask = (activations > threshold).double().transpose(0, 1).flatten(1)  # (F, n * places)
    per_place = [mask @ onehots[:, m:m + places].double().flatten(0, 1)
                 for m in range(conv.kernel_size[0])]
    counts = torch.stack(per_place, dim=1)  # (F, k, 4)
    return torch.nan_to_num(counts / mask.sum(1)[:, None, None], nan=0.0).to(onehots.dtype)
