# exercise: pwm_from_sites
# mistake: returns a row per base
# caught by: test_worked_case

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    sites = [s.upper() for s in sites]
    if not sites:
        raise ValueError("no sites")
    if len({len(s) for s in sites}) > 1:
        raise ValueError("sites of different lengths")
    for s in sites:
        if any(base not in "ACGT" for base in s):
            raise ValueError(f"{s} has a letter that is not A, C, G or T")
    counts = torch.zeros(len(sites[0]), 4)
    for s in sites:
        for i, base in enumerate(s):
            counts[i, "ACGT".index(base)] += 1
    q = torch.tensor(list(background))
    return torch.log2((counts + pseudocount * q) / (len(sites) + pseudocount) / q).T
