# exercise: pwm_from_sites
# mistake: raises a KeyError for other letters
# caught by: test_bad_sites_are_a_value_error

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    sites = [s.upper() for s in sites]
    if not sites:
        raise ValueError("no sites")
    if len({len(s) for s in sites}) > 1:
        raise ValueError("sites of different lengths")
    column = {"A": 0, "C": 1, "G": 2, "T": 3}
    counts = torch.zeros(len(sites[0]), 4)
    for s in sites:
        for i, base in enumerate(s):
            counts[i, column[base]] += 1
    q = torch.tensor(list(background))
    return torch.log2((counts + pseudocount * q) / (len(sites) + pseudocount) / q)
