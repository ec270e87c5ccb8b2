# exercise: predict_linear
# mistake: accepts the bias and never adds it
# caught by: test_bias_is_added_once

def predict_linear(X, beta, bias=0.0):
    return X @ beta
