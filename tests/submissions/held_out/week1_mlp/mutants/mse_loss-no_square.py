# exercise: mse_loss
# mistake: takes the mean of the errors without squaring
def mse_loss(y_hat, y):
    """Mean squared error.

    y_hat: array (n,), the predictions. y: array (n,), the observations.
    Returns one number (a Python float or a 0-d array), not an array of errors.
    """
    return float(np.mean((y_hat - y)))
