# exercise: mse_gradient
# mistake: gives the gradient of the root of the mean squared error
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    error = X @ beta - y
    rmse = np.sqrt(np.mean(error ** 2))
    return X.T @ error / (len(y) * rmse)
