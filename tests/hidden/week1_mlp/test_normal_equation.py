"""normal_equation(X, y): the least-squares coefficients, (p,), for X of full column rank."""

import numpy as np

from autograder.testing import expect, points, remote


@points(1)
def test_worked_case(student):
    """Return the coefficients only, one per column of X: shape (p,). For points that lie on a
    line, they are that line's intercept and slope."""
    x = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    expect.close(student.normal_equation(x, np.array([1.0, 3.0, 5.0])), [1.0, 2.0], rtol=1e-9)


@points(1)
def test_noisy_data(student):
    """Use X as it is, with all its columns and rows: do not add a column of ones, center the
    data, or regularize. The errors y - X beta must be orthogonal to every column of X, as the
    normal equation says. X and y are not changed."""
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
    """Your function must also work for a single column, for as many rows as columns, and for
    columns of very different size. Solve the equations exactly rather than step by step."""
    x = np.array([[2.0], [1.0], [-1.0], [4.0]])
    y = np.array([1.0, 2.0, 0.0, 3.0])
    expect.close(student.normal_equation(x, y), [16.0 / 22.0], rtol=1e-9)
    rng = np.random.default_rng(13)
    square = rng.normal(size=(3, 3)) * np.array([1.0, 100.0, 0.01])
    truth = np.array([2.0, -0.03, 50.0])
    # The normal equation squares the condition number, about 1e4 here: eight digits are lost.
    expect.close(student.normal_equation(square, square @ truth), truth, rtol=1e-5)
