# exercise: mse_gradient
# style: explicit loops over examples and features

def mse_gradient(X, y, beta):
    n, p = X.shape
    gradient = np.zeros(p)
    for i in range(n):
        prediction = 0.0
        for j in range(p):
            prediction += X[i, j] * beta[j]
        error = prediction - y[i]
        for j in range(p):
            gradient[j] += 2.0 * error * X[i, j] / n
    return gradient
