# exercise: pwm_from_sites
# style: codes of the bases, one bincount per place

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    if not sites:
        raise ValueError("no sites")
    if any(len(site) != len(sites[0]) for site in sites):
        raise ValueError("sites differ in length")
    codes = torch.tensor([["ACGT".index(letter) for letter in site.upper()] for site in sites])
    counts = torch.stack([torch.bincount(column, minlength=4) for column in codes.T]).double()
    q = torch.tensor(background, dtype=torch.float64)
    return ((counts + pseudocount * q) / ((len(sites) + pseudocount) * q)).log2().float()
