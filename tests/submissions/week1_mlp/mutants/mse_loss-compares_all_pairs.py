# exercise: mse_loss
# mistake: turns y into a column, so that every prediction is compared with every target
# caught by: test_worked_case

def mse_loss(y_hat, y):
    y = y.reshape(-1, 1)
    return np.mean((y_hat - y) ** 2)
