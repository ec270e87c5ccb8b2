# exercise: pearson_per_sequence
# style: the cosine of centered rows, in double precision

def pearson_per_sequence(pred, obs):
    pred = torch.as_tensor(pred).detach().cpu().double()
    obs = torch.as_tensor(obs).detach().cpu().double()
    p = nn.functional.normalize(pred - pred.mean(1, keepdim=True), dim=1, eps=1e-300)
    o = nn.functional.normalize(obs - obs.mean(1, keepdim=True), dim=1, eps=1e-300)
    varied = (pred.amax(1) > pred.amin(1)) & (obs.amax(1) > obs.amin(1))
    return (p * o).sum(1) * varied
