# exercise: mse_loss
# mistake: divides by 2n, as some textbooks do
# caught by: test_worked_case

def mse_loss(y_hat, y):
    n = len(y)
    return np.sum((y_hat - y) ** 2) / (2 * n)
