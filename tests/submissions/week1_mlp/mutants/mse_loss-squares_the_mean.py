# exercise: mse_loss
# mistake: squares the mean error instead of averaging the squared errors
# caught by: test_worked_case

def mse_loss(y_hat, y):
    return np.mean(y_hat - y) ** 2
