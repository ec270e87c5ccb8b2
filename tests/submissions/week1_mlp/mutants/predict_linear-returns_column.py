# exercise: predict_linear
# mistake: returns a column (n, 1) instead of (n,)
# caught by: test_worked_case

def predict_linear(X, beta, bias=0.0):
    beta = beta.reshape(-1, 1)
    return X @ beta + bias
