# exercise: predict_linear
# mistake: lets the bias default to 1 instead of 0
# caught by: test_worked_case

def predict_linear(X, beta, bias=1.0):
    return X @ beta + bias
