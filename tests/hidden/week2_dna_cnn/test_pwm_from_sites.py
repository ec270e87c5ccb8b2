"""pwm_from_sites(sites, background=(0.25, ...), pseudocount=1.0): n sites of k bases -> (k, 4)."""

import numpy as np
import pytest
import torch

from autograder.testing import Raised, expect, points, remote

BUILDS_ON = ("one_hot_encode",)

SITES = ["ACCA", "AGCT", "aCtT", "TCCT", "ACCC"]
# The columns' frequencies differ, and none of them is a quarter.
BACKGROUND = (0.3, 0.15, 0.2, 0.35)


def pwm(sites, background=(0.25,) * 4, pseudocount=1.0):
    """The definition, entry by entry, in float64."""
    weights = np.zeros((len(sites[0]), 4))
    for place in range(len(weights)):
        column = [site[place].upper() for site in sites]
        for j, (base, q) in enumerate(zip("ACGT", background, strict=True)):
            p = (column.count(base) + pseudocount * q) / (len(sites) + pseudocount)
            weights[place, j] = np.log2(p / q) if p else -np.inf
    return weights


def assert_pwm(found, sites, *arguments):
    assert type(found) is torch.Tensor, f"{type(found).__name__}, not a torch.Tensor"
    assert found.dtype.is_floating_point, found.dtype
    # float32 logarithms of order one
    expect.close(found, pwm(sites, *arguments), rtol=1e-5, atol=1e-5)


def random_sites(seed, n, k):
    rng = np.random.default_rng(seed)
    return ["".join(site) for site in rng.choice(list("ACGTacgt"), size=(n, k))]


@points(1)
def test_worked_case(student):
    """Count each base at each place, add the pseudocount's share, divide by the number of sites
    plus the pseudocount, divide by the background, and take the logarithm to base 2. The result is
    a float tensor (k, 4), columns A, C, G, T. Lower case means the same bases, and a site that is
    listed twice counts twice."""
    # A site of 2 bases, and 1 imagined base: (1 + 1/4) / 2 = 5/8 and (1/4) / 2 = 1/8
    seen, unseen = np.log2(2.5), -1.0
    expect.close(
        student.pwm_from_sites(["GT"]),
        [[unseen, unseen, seen, unseen], [unseen, unseen, unseen, seen]],
        rtol=1e-5,
    )
    cases = [SITES, ["g"], ["ACGTACGTA", "ACGTTCGTA"], ["TATA", "TATA", "GATA", "tata"]]
    for sites in cases:
        assert_pwm(student.pwm_from_sites(sites), sites)
    held = remote.put(student, SITES)
    assert_pwm(student.pwm_from_sites(held), SITES)
    assert remote.value(held) == SITES, "the argument was changed"


@points(1)
def test_background_and_pseudocount(student):
    """Use the arguments. The pseudocount is spread like the background: each base gets pseudocount
    times its own background probability, not a fixed number. Each column is compared with its own
    background. A pseudocount of 0 leaves the frequencies as they were counted."""
    rows = ((31, 3, 7), (32, 60, 5), (33, 17, 12), (34, 500, 2))
    for seed, n, k in rows:
        sites = random_sites(seed, n, k)
        for pseudocount in (1.0, 0.1, 8.0):
            found = student.pwm_from_sites(sites, BACKGROUND, pseudocount)
            assert_pwm(found, sites, BACKGROUND, pseudocount)
        named = student.pwm_from_sites(sites, pseudocount=2, background=list(BACKGROUND))
        assert_pwm(named, sites, BACKGROUND, 2)
        assert_pwm(student.pwm_from_sites(sites, BACKGROUND), sites, BACKGROUND)
    assert_pwm(student.pwm_from_sites(SITES, BACKGROUND, 0.0), SITES, BACKGROUND, 0.0)


@points(1, form=True)
def test_bad_sites_are_a_value_error(student):
    """No site, sites of different lengths, and a letter other than A, C, G, T (N, U, a gap, a
    space) raise a ValueError, whichever site it is. No other kind of error will do, and no site is
    skipped, cut or padded. If you use one_hot_encode: it accepts N, this function does not."""
    lengths = (["ACG", "ACGT"], ["ACGT", "ACG"], ["AC", "AC", "A", "AC"], ["ACG", ""])
    letters = (["ACG", "ANG"], ["NNN", "ACG"], ["ACg", "ACn"], ["AUG", "ACG"], ["ACG", "A-G"])
    spaces = (["ACG", "AC "], ["AC\n"], ["A1"])
    for sites in ([], *lengths, *letters, *spaces):
        with pytest.raises(Raised) as caught:
            student.pwm_from_sites(sites)
        if "ValueError" not in caught.value.types:
            raise caught.value
