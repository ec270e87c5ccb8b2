"""normal_equation(X, y): the least-squares coefficients, (p,), for X of full column rank."""

import numpy as np

from autograder.testing import expect, points, remote


@points(1)
def test_worked_case(student):
    """Where a line goes through all points, these are its coefficients. Return them alone, one per
    column of X: shape (p,)."""
    x = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    expect.close(student.normal_equation(x, np.array([1.0, 3.0, 5.0])), [1.0, 2.0], rtol=1e-9)


@points(1)
def test_noisy_data(student):
    """With noise no coefficients fit exactly: yours must leave a residual that is orthogonal to
    every column of X, which is what the normal equation says. Use X as it is: no column of ones is
    added, nothing is centred, nothing is regularized, and X and y stay as they were."""
    rng = np.random.default_rng(12)
    x = rng.normal(size=(23, 4)) + 0.7
    y = x @ np.array([1.5, -2.0, 0.0, 4.0]) + rng.normal(size=23) + 3.0
    held_x, held_y = remote.put(student, x), remote.put(student, y)
    beta = expect.array(student.normal_equation(held_x, held_y), shape=(4,))
    q, r = np.linalg.qr(x)
    expect.close(beta, np.linalg.solve(r, q.T @ y), rtol=1e-8)
    expect.equal(remote.value(held_x), x)
    expect.equal(remote.value(held_y), y)


@points(1)
def test_one_feature_and_unequal_scales(student):
    """It works for a single column, as many rows as columns, and columns of very different size."""
    x = np.array([[2.0], [1.0], [-1.0], [4.0]])
    y = np.array([1.0, 2.0, 0.0, 3.0])
    expect.close(student.normal_equation(x, y), [16.0 / 22.0], rtol=1e-9)
    rng = np.random.default_rng(13)
    square = rng.normal(size=(3, 3)) * np.array([1.0, 100.0, 0.01])
    truth = np.array([2.0, -0.03, 50.0])
    # The normal equation squares the condition number, about 1e4 here: eight digits are lost.
    expect.close(student.normal_equation(square, square @ truth), truth, rtol=1e-5)
