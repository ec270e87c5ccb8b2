# exercise: pwm_scan
# style: numpy's correlate on each of the four columns

def pwm_scan(onehot, pwm):
    x = onehot.detach().cpu().numpy()
    w = pwm.detach().cpu().numpy()
    scores = sum(np.correlate(x[:, b], w[:, b], mode="valid") for b in range(4))
    return torch.tensor(scores, dtype=onehot.dtype)
