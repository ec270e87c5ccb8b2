# exercise: predict_linear
# mistake: multiplies the caller's X in place
# caught by: test_bias_is_added_once

def predict_linear(X, beta, bias=0.0):
    X *= beta
    return X.sum(axis=1) + bias
