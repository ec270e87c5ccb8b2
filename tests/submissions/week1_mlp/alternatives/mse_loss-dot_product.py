# exercise: mse_loss
# style: the errors' dot product with themselves

def mse_loss(y_hat, y):
    errors = np.subtract(y_hat, y)
    return errors @ errors / errors.size
