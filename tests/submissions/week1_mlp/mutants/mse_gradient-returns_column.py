# exercise: mse_gradient
# mistake: returns a column (p, 1) instead of (p,)
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    n = X.shape[0]
    error = (X @ beta - y).reshape(-1, 1)
    return 2 / n * X.T @ error
