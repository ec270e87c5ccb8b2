# exercise: pearson_per_sequence
# mistake: subtracts the means from the arrays that were handed in
# caught by: test_scale_and_offset
def pearson_per_sequence(pred, obs):
    pred, obs = np.asarray(pred), np.asarray(obs)
    varied = (pred != pred[:, :1]).any(axis=1) & (obs != obs[:, :1]).any(axis=1)
    pred -= pred.mean(axis=1, keepdims=True)
    obs -= obs.mean(axis=1, keepdims=True)
    p, o = pred[varied].astype(np.float64), obs[varied].astype(np.float64)
    r = np.zeros(len(pred))
    r[varied] = (p * o).sum(axis=1) / np.sqrt((p**2).sum(axis=1) * (o**2).sum(axis=1))
    return r
