# exercise: pearson_per_sequence
# mistake: forgets to subtract the means, which is the cosine
# caught by: test_constant_rows

def pearson_per_sequence(pred, obs):
    pred = np.asarray(pred, dtype=np.float64)
    obs = np.asarray(obs, dtype=np.float64)
    p = pred
    o = obs
    constant = (np.ptp(pred, axis=1) == 0) | (np.ptp(obs, axis=1) == 0)
    scale = np.sqrt((p ** 2).sum(axis=1) * (o ** 2).sum(axis=1))
    scale[constant] = 1.0
    r = (p * o).sum(axis=1) / scale
    r[constant] = 0.0
    return r
