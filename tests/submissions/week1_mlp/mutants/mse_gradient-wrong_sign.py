# exercise: mse_gradient
# mistake: points downhill: y - X beta without the minus of the chain rule
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    n = len(y)
    error = y - X @ beta
    return 2 / n * X.T @ error
