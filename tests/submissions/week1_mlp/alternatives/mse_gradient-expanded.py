# exercise: mse_gradient
# style: multiplies the square out: 2 (X'X beta - X'y) / n

def mse_gradient(X, y, beta):
    n = y.shape[0]
    gram = X.T.dot(X) / n
    moment = X.T.dot(y) / n
    return 2 * (gram.dot(beta) - moment)
