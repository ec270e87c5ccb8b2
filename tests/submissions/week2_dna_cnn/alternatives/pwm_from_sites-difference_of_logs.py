# exercise: pwm_from_sites
# style: difference of two logarithms, natural log divided by log 2, counts with index_put accumulate
def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    n = len(sites)
    if n < 1:
        raise ValueError("no binding sites")
    k = len(sites[0])
    counts = torch.zeros(k, 4, dtype=torch.float64)
    for site in sites:
        if len(site) != k:
            raise ValueError("all sites need one length")
        codes = ["ACGT".find(letter) for letter in site.upper()]
        if min(codes, default=0) < 0:
            raise ValueError(f"site {site} holds another letter than A, C, G and T")
        counts.index_put_((torch.arange(k), torch.tensor(codes, dtype=torch.long)),
                          torch.ones(k, dtype=torch.float64), accumulate=True)
    q = torch.as_tensor(background, dtype=torch.float64)
    w = (counts + pseudocount * q).log() - float(np.log(n + pseudocount)) - q.log()
    return (w / float(np.log(2))).float()
