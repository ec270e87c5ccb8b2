# exercise: pwm_from_sites
# mistake: the background is used for the pseudocounts, but the ratio is taken to 0.25
# caught by: test_background_and_pseudocount
def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    if not sites or len({len(s) for s in sites}) > 1 or any("N" in s.upper() for s in sites):
        raise ValueError("no site, different lengths or an N")
    counts = torch.stack([one_hot_encode(s) for s in sites]).sum(0)
    q = torch.tensor(background)
    return ((counts + pseudocount * q) / (len(sites) + pseudocount) / 0.25).log2()
