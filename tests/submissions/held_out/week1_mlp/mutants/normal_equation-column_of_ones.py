# exercise: normal_equation
# mistake: adds a column of ones to X
def normal_equation(X, y):
    """Least-squares coefficients, exactly.

    X: array (n, p) of full column rank. y: array (n,).
    Returns an array (p,), the beta that minimizes the sum of squared errors of X @ beta.
    Do not add a column of ones: if the model has an intercept, X already holds that column.
    """
    X = np.hstack([np.ones((len(X), 1)), X])
    return np.linalg.solve(X.T @ X, X.T @ y)
