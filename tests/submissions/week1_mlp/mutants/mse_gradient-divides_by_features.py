# exercise: mse_gradient
# mistake: divides by the number of features instead of the number of examples
# caught by: test_matches_finite_differences

def mse_gradient(X, y, beta):
    n = len(beta)
    error = X @ beta - y
    return (2 / n) * (X.T @ error)
