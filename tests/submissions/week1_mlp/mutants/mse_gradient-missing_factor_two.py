# exercise: mse_gradient
# mistake: differentiates the square without its factor 2
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    n = X.shape[0]
    return X.T @ (X @ beta - y) / n
