# exercise: mse_loss
# mistake: averages absolute errors instead of squared ones
# caught by: test_worked_case

def mse_loss(y_hat, y):
    return np.mean(np.abs(y_hat - y))
