# exercise: filter_pwm
# style: for each offset the mask and the shifted input are multiplied

def filter_pwm(conv: nn.Conv1d, onehots: torch.Tensor, threshold: float = 0.0) -> torch.Tensor:
    with torch.inference_mode():
        mask = conv(onehots.mT).gt(threshold).to(onehots.dtype)
        P = mask.shape[-1]
        k = onehots.shape[1] - P + 1
        sums = torch.stack([torch.tensordot(mask, onehots[:, j:j + P], dims=([0, 2], [0, 1])) for j in range(k)], 1)
        n = mask.sum((0, 2)).reshape(-1, 1, 1)
        return torch.where(n > 0, sums / n.clamp_min(1), torch.zeros_like(sums)).clone()
