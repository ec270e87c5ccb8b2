# exercise: predict_linear
# mistake: accepts the bias and never adds it

def predict_linear(X, beta, bias=0.0):
    return X @ beta
