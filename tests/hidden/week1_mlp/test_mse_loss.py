"""mse_loss(y_hat, y): (n,), (n,) -> one number."""

import numpy as np

from autograder.testing import expect, points, remote


@points(1)
def test_worked_case(student):
    """Square every error, then take the mean: no sum, no root, no factor 1/2, no absolute value.
    Return one number."""
    for y_hat, expected in {(2.0, 1.0, 5.0): 3.0, (4.0, 3.0, 0.0): 6.0}.items():
        loss = student.mse_loss(np.array(y_hat), np.array([1.0, 3.0, 3.0]))
        assert abs(expect.number(loss) - expected) < 1e-12


@points(1)
def test_other_lengths(student):
    """Divide by the number of examples n, not by n - 1 or a fixed number, also if there is only
    one example. The two arguments are not changed."""
    rng = np.random.default_rng(14)
    for n in (1, 2, 9):
        y_hat, y = rng.normal(size=n) + 5.0, rng.normal(size=n)
        expected = sum((float(a) - float(b)) ** 2 for a, b in zip(y_hat, y, strict=True)) / n
        held, target = remote.put(student, y_hat), remote.put(student, y)
        assert abs(expect.number(student.mse_loss(held, target)) - expected) < 1e-9 * expected
        expect.equal(remote.value(held), y_hat)
        expect.equal(remote.value(target), y)
