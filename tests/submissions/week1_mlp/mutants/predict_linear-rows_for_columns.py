# exercise: predict_linear
# mistake: loops over the number of features instead of the number of examples
# caught by: test_worked_case

def predict_linear(X, beta, bias=0.0):
    y_hat = np.zeros(len(beta))
    for i in range(len(beta)):
        y_hat[i] = np.dot(X[i], beta) + bias
    return y_hat
