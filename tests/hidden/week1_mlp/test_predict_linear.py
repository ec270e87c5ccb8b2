"""predict_linear(X, beta, bias=0.0): (n, p), (p,) -> (n,)."""

import numpy as np

from autograder.testing import expect, points, remote

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]])
BETA = np.array([2.0, -1.0])


@points(1)
def test_worked_case(student):
    """Multiply each row of X by the coefficients and add up: one number per row, shape (n,),
    also for a single row. Without a bias argument, nothing is added."""
    expect.close(
        student.predict_linear(X, BETA), np.array([0.0, 7.0, -3.0]), rtol=1e-12, atol=1e-12
    )
    expect.close(student.predict_linear(X[1:2], BETA), np.array([7.0]), rtol=1e-12)


@points(1)
def test_bias_is_added_once(student):
    """Add the bias once to every prediction: not once per feature, and not only to the first. X
    and beta are not changed."""
    rng = np.random.default_rng(11)
    x, beta = rng.normal(size=(7, 3)), rng.normal(size=3)
    held_x, held_beta = remote.put(student, x), remote.put(student, beta)
    expected = np.array([sum(x[i, j] * beta[j] for j in range(3)) - 1.75 for i in range(7)])
    expect.close(student.predict_linear(held_x, held_beta, bias=-1.75), expected, rtol=1e-9)
    expect.close(student.predict_linear(held_x, held_beta, -1.75), expected, rtol=1e-9)
    expect.equal(remote.value(held_x), x)
    expect.equal(remote.value(held_beta), beta)
