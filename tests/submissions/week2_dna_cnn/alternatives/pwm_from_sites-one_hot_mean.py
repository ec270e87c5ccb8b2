# exercise: pwm_from_sites
# style: the mean of the one-hot matrices, then a weighted mean with the background

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    problem = None
    if len(sites) == 0:
        problem = "there is no site"
    elif len(set(map(len, sites))) != 1:
        problem = "the sites differ in length: " + ", ".join(sites)
    elif "N" in "".join(sites).upper():
        problem = "N is not allowed in a site"
    if problem is not None:
        raise ValueError(problem)
    observed = torch.stack([one_hot_encode(site) for site in sites]).mean(dim=0)
    q = torch.as_tensor(background)
    share = len(sites) / (len(sites) + pseudocount)
    return torch.log2(share * observed / q + (1 - share))
