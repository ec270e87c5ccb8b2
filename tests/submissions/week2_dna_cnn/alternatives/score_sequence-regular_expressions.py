# exercise: score_sequence
# style: re.search and a mean from the statistics module

import re
from statistics import fmean

def score_sequence(seq):
    value = fmean(20 - 3 * "ACGT".index(base) for base in seq)
    for motif, extra in (("TAT", 10), ("GCG", -10)):
        if re.search(motif, seq) is not None:
            value += extra
    return value
