# exercise: mse_loss
# mistake: averages absolute errors instead of squared ones

def mse_loss(y_hat, y):
    return np.mean(np.abs(y_hat - y))
