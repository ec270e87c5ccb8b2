# exercise: pwm_from_sites
# mistake: leaves out sites with other letters, and goes on
# caught by: test_bad_sites_are_a_value_error

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    sites = [s.upper() for s in sites]
    if not sites:
        raise ValueError("no sites")
    if len({len(s) for s in sites}) > 1:
        raise ValueError("sites of different lengths")
    sites = [s for s in sites if set(s) <= set("ACGT")]
    if not sites:
        raise ValueError("no good sites")
    counts = torch.zeros(len(sites[0]), 4)
    for s in sites:
        for i, base in enumerate(s):
            counts[i, "ACGT".index(base)] += 1
    q = torch.tensor(list(background))
    return torch.log2((counts + pseudocount * q) / (len(sites) + pseudocount) / q)
