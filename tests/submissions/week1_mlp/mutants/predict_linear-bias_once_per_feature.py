# exercise: predict_linear
# mistake: adds the bias to every product, so that it counts once per feature
# caught by: test_bias_is_added_once

def predict_linear(X, beta, bias=0.0):
    return np.sum(X * beta + bias, axis=1)
