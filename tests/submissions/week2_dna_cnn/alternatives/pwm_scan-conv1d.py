# exercise: pwm_scan
# style: torch's conv1d, which does not flip its filter

def pwm_scan(onehot: torch.Tensor, pwm: torch.Tensor) -> torch.Tensor:
    out = nn.functional.conv1d(onehot.T[None], pwm.T[None])
    return out[0, 0]
