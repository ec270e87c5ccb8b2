# exercise: pwm_scan
# style: one matrix product, then sums along diagonals
def pwm_scan(onehot, pwm):
    (L, _), (k, _) = onehot.shape, pwm.shape
    product_ = onehot @ pwm.T  # (L, k): row i against row m
    return torch.stack([product_[i:i + k].diagonal().sum() for i in range(L - k + 1)])
