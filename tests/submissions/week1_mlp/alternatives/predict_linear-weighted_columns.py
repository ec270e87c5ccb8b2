# exercise: predict_linear
# style: adds one weighted column after another

def predict_linear(X, beta, bias=0.0):
    y_hat = np.full(X.shape[0], bias, dtype=np.result_type(X, beta, np.float32))
    for j, b in enumerate(beta):
        y_hat += b * X[:, j]
    return y_hat
