# exercise: mse_gradient
# mistake: returns every example's gradient, (n, p), without averaging them
# caught by: test_shape

def mse_gradient(X, y, beta):
    error = X @ beta - y
    return 2 * error[:, None] * X
