# exercise: predict_linear
# mistake: scales beta in place, and back again in the result only
# caught by: test_bias_is_added_once
def predict_linear(X, beta, bias=0.0):
    scale = np.abs(beta).max() or 1.0
    beta /= scale
    return scale * (X @ beta) + bias
