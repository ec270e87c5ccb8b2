# exercise: mse_loss
# mistake: takes the variance of the errors, and so misses a constant offset

def mse_loss(y_hat, y):
    return float(np.var(y_hat - y))
