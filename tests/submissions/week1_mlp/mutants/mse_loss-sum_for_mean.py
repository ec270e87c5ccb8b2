# exercise: mse_loss
# mistake: adds the squared errors up and does not divide by n

def mse_loss(y_hat, y):
    return np.sum((y_hat - y) ** 2)
