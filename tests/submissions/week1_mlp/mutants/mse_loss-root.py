# exercise: mse_loss
# mistake: takes the square root at the end

def mse_loss(y_hat, y):
    return np.sqrt(np.mean((y_hat - y) ** 2))
