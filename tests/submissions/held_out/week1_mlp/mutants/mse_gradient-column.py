# exercise: mse_gradient
# mistake: returns (p, 1)
def mse_gradient(X, y, beta):
    """Gradient of the mean squared error of a linear model, in its coefficients.

    X: array (n, p). y: array (n,). beta: array (p,), where the gradient is taken.
    Returns an array (p,): the exact gradient of mse_loss(X @ beta, y), with the factor 2 that the
    square brings. Compute it from the formula, not by finite differences.
    """
    residual = X @ beta - y
    return 2 / len(y) * (X.T @ residual)[:, None]
