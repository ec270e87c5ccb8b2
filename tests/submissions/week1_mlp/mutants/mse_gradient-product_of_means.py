# exercise: mse_gradient
# mistake: multiplies the mean error by the mean feature
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    error = X @ beta - y
    return 2 * error.mean() * X.mean(axis=0)
