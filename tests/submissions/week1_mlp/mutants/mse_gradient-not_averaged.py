# exercise: mse_gradient
# mistake: gives the gradient of the sum, without 1/n
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    residual = X @ beta - y
    return 2 * X.T @ residual
