# exercise: predict_linear
# mistake: takes beta[0] for the intercept and leaves the first feature out
# caught by: test_worked_case

def predict_linear(X, beta, bias=0.0):
    intercept = beta[0] + bias
    return intercept + X[:, 1:] @ beta[1:]
