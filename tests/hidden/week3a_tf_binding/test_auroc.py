"""auroc(positives, negatives): the share of pairs in which the positive scores higher."""

import numpy as np
import torch
from week3a_tf_binding.helpers import value_error

from autograder.testing import expect, points, remote

MANY = 100_000


def by_pairs(positives, negatives):
    """The definition: every positive against every negative, a tie counts half."""
    a, b = positives.astype(np.float64)[:, None], negatives.astype(np.float64)[None, :]
    return ((a > b) + 0.5 * (a == b)).mean()


def both_kinds(student, positives, negatives):
    """What comes back for numpy arrays, and for torch tensors."""
    yield student.auroc(positives, negatives)
    yield student.auroc(torch.from_numpy(positives), torch.from_numpy(negatives))


@points(1)
def test_values(student):
    """The share of all pairs, a positive and a negative, in which the positive has the larger
    score: 1 if every positive is above every negative, 0 if every one is below. If yours is one
    minus the right value, the sides are swapped or the scores are sorted the other way around.
    The sides may differ in size, and scores may be negative, large or in any order."""
    cases = (([3.0, 1.0], [2.0, 0.0], 0.75), ([5.0], [1.0, 2.0, 7.0], 2 / 3), ([2.0], [1.0], 1.0))
    for positives, negatives, expected in cases:
        for found in both_kinds(student, np.array(positives), np.array(negatives)):
            assert abs(expect.number(found) - expected) < 1e-6
    rng = np.random.default_rng(381)
    for n, m, shift in ((40, 75, 0.7), (7, 3, -2.0), (1, 9, 0.0)):
        positives, negatives = rng.normal(shift, 1, n), rng.normal(0, 1, m)
        for scale, offset in ((1.0, 0.0), (1e3, -5e3)):
            a, b = positives * scale + offset, negatives * scale + offset
            for found in both_kinds(student, a, b):
                assert abs(expect.number(found) - by_pairs(a, b)) < 1e-6


@points(1)
def test_ties(student):
    """A pair of equal scores counts half, so scores that are all the same give one half. If yours
    is too high or too low only here: ranks that follow the order of sorting favor one side, so
    give equal scores the mean of their ranks, or count the smaller ones and half of the equal
    ones."""
    rng = np.random.default_rng(382)
    for n, m, values in ((30, 20, 4), (9, 33, 2), (5, 8, 1), (50, 50, 12)):
        positives = rng.integers(0, values, n).astype(np.float32) + (values > 2)
        negatives = rng.integers(0, values, m).astype(np.float32)
        for found in both_kinds(student, positives, negatives):
            assert abs(expect.number(found) - by_pairs(positives, negatives)) < 1e-6


@points(0.5, form=True)
def test_what_has_no_answer(student):
    """With no positive, or no negative, there is no pair, and nan can be neither above nor below:
    each is a ValueError, on either side. Check before you compute."""
    some, none = np.array([1.0, 2.0]), np.array([])
    bad = np.array([1.0, np.nan, 3.0])
    cases = ((some, none), (none, some), (none, none), (some, bad), (bad, some))
    for positives, negatives in cases:
        value_error(student.auroc, positives, negatives)
        value_error(student.auroc, torch.from_numpy(positives), torch.from_numpy(negatives))


@points(0.5)
def test_many_scores(student):
    """100,000 scores on each side are 10 billion pairs: too many to compare one by one, in time and
    in memory. Sort once and use ranks (or np.searchsorted). The arguments stay as they were, in
    their order, so sort a copy."""
    rng = np.random.default_rng(383)
    negatives = rng.permutation(MANY).astype(np.float64)
    positives = rng.permutation(MANY) + 0.5
    # Positive i + 0.5 is above the negatives 0 to i.
    expected = (MANY + 1) / (2 * MANY)
    held = [remote.put(student, value) for value in (positives, negatives)]
    assert abs(expect.number(student.auroc(*held)) - expected) < 1e-9
    for handle, value in zip(held, (positives, negatives), strict=True):
        expect.equal(remote.value(handle), value)
