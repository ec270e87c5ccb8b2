# exercise: mse_loss
# mistake: divides by n - 1, as for a sample variance
# caught by: test_worked_case

def mse_loss(y_hat, y):
    errors = y_hat - y
    return float(np.sum(errors ** 2) / max(len(y) - 1, 1))
