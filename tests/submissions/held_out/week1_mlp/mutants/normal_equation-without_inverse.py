# exercise: normal_equation
# mistake: multiplies by X'X instead of solving
def normal_equation(X, y):
    """Least-squares coefficients, exactly.

    X: array (n, p) of full column rank. y: array (n,).
    Returns an array (p,), the beta that minimizes the sum of squared errors of X @ beta.
    Do not add a column of ones: if the model has an intercept, X already holds that column.
    """
    return X.T @ X @ (X.T @ y)
