# exercise: pwm_from_sites
# style: one entry after another with math.log2

import math


def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    if len(sites) < 1:
        raise ValueError("no binding sites were given")
    k, n = len(sites[0]), len(sites)
    rows = []
    for number, site in enumerate(sites):
        if len(site) != k:
            raise ValueError(f"site {number} has length {len(site)}, not {k}")
        for letter in site:
            if letter.upper() not in ("A", "C", "G", "T"):
                raise ValueError(f"site {number} has the letter {letter!r}")
    for place in range(k):
        row = []
        for base, q in zip("ACGT", background):
            count = 0
            for site in sites:
                if site[place].upper() == base:
                    count += 1
            p = (count + pseudocount * q) / (n + pseudocount)
            row.append(math.log2(p / q) if p > 0 else -math.inf)
        rows.append(row)
    return torch.tensor(rows)
