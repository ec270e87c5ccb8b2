# exercise: pwm_from_sites
# mistake: asserts instead of raising a ValueError
# caught by: test_bad_sites_are_a_value_error

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    sites = [s.upper() for s in sites]
    assert sites, "no sites"
    assert len({len(s) for s in sites}) == 1, "sites of different lengths"
    assert set("".join(sites)) <= set("ACGT"), "other letters"
    counts = torch.zeros(len(sites[0]), 4)
    for s in sites:
        for i, base in enumerate(s):
            counts[i, "ACGT".index(base)] += 1
    q = torch.tensor(list(background))
    return torch.log2((counts + pseudocount * q) / (len(sites) + pseudocount) / q)
