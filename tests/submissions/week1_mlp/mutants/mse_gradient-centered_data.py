# exercise: mse_gradient
# mistake: divides by n - 1, as for a variance
# caught by: test_shape
def mse_gradient(X, y, beta):
    return 2 * X.T @ (X @ beta - y) / np.float64(len(y) - 1)
