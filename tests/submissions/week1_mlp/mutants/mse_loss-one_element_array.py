# exercise: mse_loss
# mistake: returns an array of one element, shape (1,), instead of a number
# caught by: test_worked_case

def mse_loss(y_hat, y):
    squared = (y_hat - y) ** 2
    return np.mean(squared, keepdims=True)
