# exercise: predict_linear
# mistake: squeezes the result, so that a single row gives no axis
# caught by: test_worked_case
def predict_linear(X, beta, bias=0.0):
    return np.squeeze(X @ beta + bias)
