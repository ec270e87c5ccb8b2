# exercise: pearson_per_sequence
# mistake: works with tensors, and fails with arrays
# caught by: test_values

def pearson_per_sequence(pred, obs):
    p = pred - pred.mean(dim=1, keepdim=True)
    o = obs - obs.mean(dim=1, keepdim=True)
    constant = (pred == pred[:, :1]).all(dim=1) | (obs == obs[:, :1]).all(dim=1)
    r = (p * o).sum(dim=1) / (p.norm(dim=1) * o.norm(dim=1)).clamp(min=1e-30)
    r[constant] = 0
    return r
