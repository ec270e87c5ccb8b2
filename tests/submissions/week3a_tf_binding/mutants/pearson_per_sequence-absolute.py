# exercise: pearson_per_sequence
# mistake: returns the absolute value
# caught by: test_constant_rows

def pearson_per_sequence(pred, obs):
    pred = np.asarray(pred, dtype=np.float64)
    obs = np.asarray(obs, dtype=np.float64)
    p = pred - pred.mean(axis=1, keepdims=True)
    o = obs - obs.mean(axis=1, keepdims=True)
    constant = (np.ptp(pred, axis=1) == 0) | (np.ptp(obs, axis=1) == 0)
    scale = np.sqrt((p ** 2).sum(axis=1) * (o ** 2).sum(axis=1))
    scale[constant] = 1.0
    r = (p * o).sum(axis=1) / scale
    r[constant] = 0.0
    return np.abs(r)
