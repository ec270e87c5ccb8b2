# exercise: mse_loss
# mistake: takes the square root at the end
# caught by: test_worked_case

def mse_loss(y_hat, y):
    return np.sqrt(np.mean((y_hat - y) ** 2))
