# exercise: pwm_to_conv
# style: a layer of the PWM's own type whose weight is not trained

def pwm_to_conv(pwm: torch.Tensor) -> nn.Conv1d:
    layer = nn.Conv1d(4, 1, pwm.size(0), bias=False, dtype=pwm.dtype, device=pwm.device)
    layer.requires_grad_(False)
    layer.weight[0] = pwm.T
    return layer
