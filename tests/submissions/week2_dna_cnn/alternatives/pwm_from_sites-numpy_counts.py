# exercise: pwm_from_sites
# style: counts with numpy and returns a float64 tensor

import numpy as np


def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    letters = [list(site.upper()) for site in sites]
    if len(letters) == 0:
        raise ValueError("give at least one site")
    if min(map(len, letters)) != max(map(len, letters)):
        raise ValueError("all sites must have the same length")
    table = np.array(letters)
    if not np.isin(table, list("ACGT")).all():
        raise ValueError("sites may have the letters A, C, G and T only")
    counts = np.stack([(table == base).sum(axis=0) for base in "ACGT"], axis=1)
    q = np.asarray(background, dtype=float)
    with np.errstate(divide="ignore"):
        weights = np.log2(counts + pseudocount * q) - np.log2(len(table) + pseudocount) - np.log2(q)
    return torch.from_numpy(weights)
