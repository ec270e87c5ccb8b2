# exercise: predict_linear
# mistake: subtracts the bias instead of adding it
def predict_linear(X, beta, bias=0.0):
    """Predict with a linear model.

    X: array (n, p), one example a row. beta: array (p,). bias: a number, added to every prediction.
    Returns an array (n,), one prediction for each row of X.
    Use matrix multiplication rather than a loop.
    """
    return X @ beta - bias
