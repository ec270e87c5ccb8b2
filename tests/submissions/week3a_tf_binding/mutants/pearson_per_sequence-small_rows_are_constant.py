# exercise: pearson_per_sequence
# mistake: takes every row with a standard deviation below 0.001 for constant
# caught by: test_scale_and_offset

def pearson_per_sequence(pred, obs):
    pred = np.asarray(pred, dtype=np.float64)
    obs = np.asarray(obs, dtype=np.float64)
    p = pred - pred.mean(axis=1, keepdims=True)
    o = obs - obs.mean(axis=1, keepdims=True)
    constant = (pred.std(axis=1) < 1e-3) | (obs.std(axis=1) < 1e-3)
    scale = np.sqrt((p ** 2).sum(axis=1) * (o ** 2).sum(axis=1))
    scale[constant] = 1.0
    r = (p * o).sum(axis=1) / scale
    r[constant] = 0.0
    return r
