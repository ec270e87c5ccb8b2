"""gradient_descent(X, y, lr, n_steps, beta0=None): the trajectory, (n_steps + 1, p)."""

import numpy as np

from autograder.testing import expect, points, remote

BUILDS_ON = ("predict_linear", "mse_loss", "mse_gradient")


def data(seed, n=9, p=3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, p))
    return x, x @ np.arange(1.0, p + 1) + rng.normal(size=n)


def descend(x, y, lr, n_steps, beta):
    rows = [np.array(beta, dtype=np.float64)]
    for _ in range(n_steps):
        error = x @ rows[-1] - y
        rows.append(rows[-1] - lr * 2.0 / len(y) * (x.T @ error))
    return np.stack(rows)


@points(1, form=True)
def test_starts_at_zero(student):
    """The trajectory has n_steps + 1 rows, because the start is its first row. Without beta0 the
    start is at zeros. With n_steps = 0 there is only the start: shape (1, p)."""
    x, y = data(41)
    expect.close(student.gradient_descent(x, y, 0.1, 0), np.zeros((1, 3)), rtol=0)
    trajectory = expect.array(student.gradient_descent(x, y, 0.1, 6), shape=(7, 3))
    expect.close(trajectory[0], np.zeros(3), rtol=0)


@points(1)
def test_every_step_follows_the_gradient(student):
    """A step is wrong. If all rows are equal, you stored the same array several times: store a
    copy. Otherwise, each row is the one before, minus lr times the gradient of mse_loss at the
    row before, with all coefficients and all examples in each step."""
    x, y = data(42)
    trajectory = student.gradient_descent(x, y, lr=0.07, n_steps=25)
    expect.close(trajectory, descend(x, y, 0.07, 25, np.zeros(3)), rtol=1e-8, atol=1e-10)


@points(1)
def test_starts_at_beta0(student):
    """If beta0 is given, the first row is beta0. If that is right, you changed the caller's
    array: work on a copy of it. At the minimum, too, every step is a row of its own."""
    x, y = data(43, n=6, p=2)
    start = np.array([4.0, -7.0])
    held = remote.put(student, start)
    trajectory = student.gradient_descent(x, y, 0.05, 8, held)
    expect.close(trajectory, descend(x, y, 0.05, 8, start), rtol=1e-8, atol=1e-10)
    expect.equal(remote.value(held), start)
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    trajectory = student.gradient_descent(x, y, 0.05, 4, best)
    expect.close(trajectory, np.tile(best, (5, 1)), rtol=1e-8, atol=1e-10)


@points(1)
def test_a_large_rate_diverges(student):
    """Do not clip, shrink or stop early. With a rate that is too large the trajectory must
    diverge. With a tiny rate every step is taken, however little it changes. The rate stays the
    same in every step."""
    x, y = data(44)
    for lr in (2.5, 1e-7):
        expected = descend(x, y, lr, 12, np.ones(3))
        # Rounding grows with the trajectory itself, by the same factor in every step.
        expect.close(student.gradient_descent(x, y, lr, 12, np.ones(3)), expected, rtol=1e-7)
