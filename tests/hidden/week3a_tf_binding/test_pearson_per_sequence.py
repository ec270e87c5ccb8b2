"""pearson_per_sequence(pred, obs): (n, L), (n, L) -> (n,), 0 where either row is constant."""

import numpy as np
import torch

from autograder.testing import expect, points, remote


def pearson(pred, obs):
    """The definition, row by row, in float64."""
    result = []
    for a, b in zip(pred.astype(np.float64), obs.astype(np.float64), strict=True):
        a, b = a - a.mean(), b - b.mean()
        result.append((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))
    return np.array(result)


def signals(n, length, seed, dtype=np.float32):
    """Predictions that follow the observations better from row to row, the first few the wrong way
    around, and observations that are zero at most positions."""
    rng = np.random.default_rng(seed)
    obs = rng.uniform(2, 20, size=(n, length)) * (rng.random((n, length)) < 0.3)
    obs[:, :2] = [0.0, 5.0]
    share = np.linspace(-1, 1, n)[:, None] if n > 1 else 0.4
    pred = share * obs / 6 + rng.normal(size=(n, length))
    return pred.astype(dtype), obs.astype(dtype)


def both_kinds(student, pred, obs):
    """What comes back for numpy arrays, and for torch tensors."""
    yield student.pearson_per_sequence(pred, obs)
    yield student.pearson_per_sequence(torch.from_numpy(pred), torch.from_numpy(obs))


@points(1)
def test_values(student):
    """Return one number per row, shape (n,), also for a single row: the correlation over that
    row's positions, negative where prediction and observation move in opposite directions. Perhaps
     the mean or the spread is taken over all rows, or over the wrong axis. NumPy arrays
    and torch tensors should both work."""
    pred = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 5.0], [6.0, 2.0, 1.0]])
    obs = np.array([[2.0, 4.0, 6.0], [4.0, 3.0, -1.0], [2.0, 3.0, 1.0]])
    for found in both_kinds(student, pred, obs):
        expect.close(found, [1.0, -1.0, 1 / np.sqrt(28)], rtol=1e-6)
    for n, length in ((6, 300), (1, 40), (5, 7)):
        pred, obs = signals(n, length, seed=n)
        for found in both_kinds(student, pred, obs):
            expect.close(found, pearson(pred, obs), rtol=1e-5, atol=2e-6)


@points(1)
def test_scale_and_offset(student):
    """Correlation ignores a row's scale and offset, so tiny values, or values around a large
    mean, give the same r. Perhaps a constant added to the denominator is too large, or a row
    with small values is taken for a constant one. Compute in float64, each row by itself, and
    leave pred and obs unchanged."""
    pred, obs = signals(6, 300, seed=292)
    scale = np.array([1e-7, 1.0, 40.0, 0.5, 1e-4, 3.0], dtype=np.float32)[:, None]
    offset = np.array([0.0, 10.0, -100.0, 10.0, 0.0, -9.0], dtype=np.float32)[:, None]
    for a, b in ((pred * scale + offset, obs), (pred, obs * scale + offset)):
        for found in both_kinds(student, a, b):
            # Loose: float32 sums around a large mean, or 1e-8 added to a small denominator.
            expect.close(found, pearson(a, b), rtol=0, atol=1e-3)
    # Rows that vary little around a large mean are not constant.
    a = (100 + 1.5e-4 * pred.astype(np.float64)).astype(np.float64)
    for found in both_kinds(student, a, obs.astype(np.float64)):
        expect.close(found, pearson(a, obs), rtol=0, atol=0.06)  # for who computes in float32
    for values in ((pred, obs), (torch.from_numpy(pred), torch.from_numpy(obs))):
        held = [remote.put(student, value) for value in values]
        student.pearson_per_sequence(*held)
        for handle, value in zip(held, values, strict=True):
            expect.equal(remote.value(handle), value)


@points(1)
def test_constant_rows(student):
    """Where a row is constant, in the prediction, in the observation or in both, r is exactly
    0, not nan and not a number made by rounding. The mean of many times 0.1 is not quite 0.1,
    so compare the row's values with its first value instead of asking whether the standard
    deviation is 0."""
    for length, dtype in ((300, np.float32), (7, np.float32), (300, np.float64)):
        pred, obs = signals(9, length, seed=length, dtype=dtype)
        pred[0], pred[2], obs[2], obs[3], obs[5] = 0.1, 0.1, 0.3, 0.1, 0.0
        pred[6], pred[7], obs[7], obs[8] = 1234.1, 0.0, 0.0, -1234.1
        constant = np.array([0, 2, 3, 5, 6, 7, 8])
        for found in both_kinds(student, pred, obs):
            found = expect.array(found, shape=(9,))
            assert (found[constant] == 0).all(), found[constant]
            expect.close(found[[1, 4]], pearson(pred[[1, 4]], obs[[1, 4]]), rtol=0, atol=1e-4)
