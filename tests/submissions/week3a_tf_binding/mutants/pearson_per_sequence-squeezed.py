# exercise: pearson_per_sequence
# mistake: squeezes the result, so that a single row gives no axis
# caught by: test_values
def pearson_per_sequence(pred, obs):
    pred, obs = (np.asarray(v, dtype=np.float64) for v in (pred, obs))
    r = np.zeros(len(pred))
    for i, (p, o) in enumerate(zip(pred, obs)):
        if (p != p[0]).any() and (o != o[0]).any():
            r[i] = np.corrcoef(p, o)[0, 1]
    return np.squeeze(r)
