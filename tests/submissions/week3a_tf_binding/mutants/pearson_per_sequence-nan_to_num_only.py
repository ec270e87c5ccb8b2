# exercise: pearson_per_sequence
# mistake: turns nan into 0, but a constant 0.1, which rounding makes look varied, is no nan
# caught by: test_constant_rows

def pearson_per_sequence(pred, obs):
    pred = np.asarray(pred)
    obs = np.asarray(obs)
    p = pred - pred.mean(axis=1, keepdims=True)
    o = obs - obs.mean(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        r = (p * o).sum(axis=1) / np.sqrt((p ** 2).sum(axis=1) * (o ** 2).sum(axis=1))
    return np.nan_to_num(r)
