"""mse_gradient(X, y, beta): the exact gradient of mse_loss(X @ beta, y) in beta, (p,)."""

import numpy as np

from autograder.testing import expect, points, remote

BUILDS_ON = ("predict_linear", "mse_loss")


def data(n, p, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, p)), 3.0 * rng.normal(size=n), rng.normal(size=p)


@points(1, form=True)
def test_shape(student):
    """Return one number per coefficient, shape (p,), for any number of rows and columns: not one
    per example, and not a column of shape (p, 1)."""
    for n, p in ((5, 3), (1, 4), (6, 1)):
        gradient = expect.array(student.mse_gradient(*data(n, p, seed=n)), shape=(p,))
        assert np.isfinite(gradient).all()


@points(1)
def test_worked_case(student):
    """Check the factor 2 (from the square), the 1/n (from the mean) and the sign (an error is
    prediction minus y). This is a case of two examples that you can work out by hand."""
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    gradient = student.mse_gradient(x, np.array([1.0, 1.0]), np.array([1.0, 0.0]))
    expect.close(gradient, [6.0, 8.0], rtol=1e-9)


@points(2)
def test_matches_finite_differences(student):
    """Your gradient does not predict how the loss changes when beta moves a little. Look for the
    factor 2, the 1/n, the sign of the error, and the axis that is summed (the examples). The
    check of section 1.5 shows the ratio for each coefficient."""
    step = 1e-6
    for seed, (n, p) in enumerate(((8, 3), (3, 5), (40, 2))):
        x, y, beta = data(n, p, 20 + seed)
        gradient = expect.array(student.mse_gradient(x, y, beta), shape=(p,)).astype(np.float64)
        for direction in np.random.default_rng(seed).normal(size=(3, p)):

            def loss(t, x=x, y=y, beta=beta, direction=direction):
                return np.mean((x @ (beta + t * direction) - y) ** 2)

            slope = (loss(step) - loss(-step)) / (2 * step)
            # The loss is quadratic, so only rounding is left of the difference: about 1e-16 / step.
            assert abs(gradient @ direction - slope) < 1e-7 * (1 + abs(slope))


@points(1)
def test_zero_at_the_minimum(student):
    """The gradient must be zero at the least-squares solution, point uphill elsewhere, and grow
    in proportion to the distance. If it does not: did you center the data, or scale, clip or
    round the gradient, or take differences of the loss? X, y and beta must not be changed."""
    x, y, _ = data(12, 3, seed=31)
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    expect.close(student.mse_gradient(x, y, best), np.zeros(3), rtol=0, atol=1e-9)
    # Noise of 1e4 leaves rounding of about 1e-11 in a gradient, and 1e-3 in differences of losses.
    noise = 1e4 * (y - x @ best)
    expect.close(student.mse_gradient(x, x @ best + noise, best), np.zeros(3), rtol=0, atol=1e-7)
    held = [remote.put(student, value) for value in (x, y, best + 100.0)]
    far = expect.array(student.mse_gradient(*held), shape=(3,)).astype(np.float64)
    uphill = x.T @ (x @ np.ones(3))
    scale = far @ uphill / (uphill @ uphill)  # the factor 2 and the 1/n are another test's
    assert scale > 0, "it points to where the loss falls"
    expect.close(far, scale * uphill, rtol=1e-8)
    expect.close(student.mse_gradient(x, y, best + 1.0), far / 100, rtol=1e-6)
    for handle, value in zip(held, (x, y, best + 100.0), strict=True):
        expect.equal(remote.value(handle), value)
