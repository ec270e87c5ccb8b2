# exercise: mse_loss
# mistake: sums the squares
def mse_loss(y_hat, y):
    """Mean squared error.

    y_hat: array (n,), the predictions. y: array (n,), the observations.
    Returns one number (a Python float or a 0-d array), not an array of errors.
    """
    return float(np.sum((y_hat - y) ** 2))
