# exercise: mse_gradient
# mistake: clips the gradient to the range from -1 to 1
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    grad = 2 * X.T @ (X @ beta - y) / len(y)
    return np.clip(grad, -1.0, 1.0)
