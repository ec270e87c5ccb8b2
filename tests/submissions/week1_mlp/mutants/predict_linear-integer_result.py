# exercise: predict_linear
# mistake: collects the predictions in an array of integers, which cuts the decimals off
# caught by: test_bias_is_added_once

def predict_linear(X, beta, bias=0.0):
    y_hat = np.zeros(X.shape[0], dtype=int)
    for i in range(X.shape[0]):
        y_hat[i] = np.sum(X[i] * beta) + bias
    return y_hat
