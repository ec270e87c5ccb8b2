# exercise: mse_gradient
# mistake: computes the residual inside the caller's y
# caught by: test_zero_at_the_minimum

def mse_gradient(X, y, beta):
    n = X.shape[0]
    y -= X @ beta
    return -2 / n * X.T @ y
