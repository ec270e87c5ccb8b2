# exercise: mse_gradient
# mistake: scales the gradient to length 1, which keeps only its direction
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    grad = 2 * X.T @ (X @ beta - y) / len(y)
    norm = np.linalg.norm(grad)
    return grad / norm if norm > 0 else grad
