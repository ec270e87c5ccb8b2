# exercise: pearson_per_sequence
# mistake: works with arrays, and fails with tensors
# caught by: test_values

def pearson_per_sequence(pred, obs):
    pred, obs = pred.astype(float), obs.astype(float)
    constant = (pred == pred[:, :1]).all(axis=1) | (obs == obs[:, :1]).all(axis=1)
    r = np.zeros(len(pred))
    for i in np.flatnonzero(~constant):
        r[i] = np.corrcoef(pred[i], obs[i])[0, 1]
    return r
