# exercise: mse_loss
# mistake: adds the squared errors up and does not divide by n
# caught by: test_worked_case

def mse_loss(y_hat, y):
    return np.sum((y_hat - y) ** 2)
