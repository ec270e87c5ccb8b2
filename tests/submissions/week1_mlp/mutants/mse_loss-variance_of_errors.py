# exercise: mse_loss
# mistake: takes the variance of the errors, and so misses a constant offset
# caught by: test_worked_case

def mse_loss(y_hat, y):
    return float(np.var(y_hat - y))
