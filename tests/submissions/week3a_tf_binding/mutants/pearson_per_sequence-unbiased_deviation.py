# exercise: pearson_per_sequence
# mistake: divides the mean product by torch's standard deviations, which count one less
# caught by: test_constant_rows

def pearson_per_sequence(pred, obs):
    pred = torch.as_tensor(pred).double()
    obs = torch.as_tensor(obs).double()
    p = pred - pred.mean(dim=1, keepdim=True)
    o = obs - obs.mean(dim=1, keepdim=True)
    constant = (pred == pred[:, :1]).all(dim=1) | (obs == obs[:, :1]).all(dim=1)
    r = (p * o).mean(dim=1) / (pred.std(dim=1) * obs.std(dim=1))
    return torch.where(constant, torch.zeros_like(r), r)
