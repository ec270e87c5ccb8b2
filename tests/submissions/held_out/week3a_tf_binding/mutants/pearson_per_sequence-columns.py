# exercise: pearson_per_sequence
# mistake: correlates columns
def pearson_per_sequence(pred, obs):
    """Pearson's correlation of each row of pred with the same row of obs.

    pred, obs: arrays or tensors (n, L), of any float type and on any device.
    Returns an array (n,). It is 0 where the row of pred, or that of obs, is constant (all its
    values are equal, whatever value that is); never nan.
    """
    pred = torch.as_tensor(pred).detach().cpu().double().numpy()
    obs = torch.as_tensor(obs).detach().cpu().double().numpy()
    varied = (pred != pred[:, :1]).any(axis=1) & (obs != obs[:, :1]).any(axis=1)
    p = pred[varied] - pred[varied].mean(axis=1, keepdims=True)
    o = obs[varied] - obs[varied].mean(axis=1, keepdims=True)
    pred, obs = pred.T, obs.T
    varied = (pred != pred[:, :1]).any(axis=1) & (obs != obs[:, :1]).any(axis=1)
    p = pred[varied] - pred[varied].mean(axis=1, keepdims=True)
    o = obs[varied] - obs[varied].mean(axis=1, keepdims=True)
    r = np.zeros(len(pred))
    r[varied] = (p * o).sum(axis=1) / np.sqrt((p**2).sum(axis=1) * (o**2).sum(axis=1))
    return r
