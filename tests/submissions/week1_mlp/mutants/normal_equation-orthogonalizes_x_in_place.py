# exercise: normal_equation
# mistake: finds the right solution by Gram-Schmidt, but overwrites the caller's X on the way
# caught by: test_noisy_data

def normal_equation(X, y):
    p = X.shape[1]
    R = np.zeros((p, p))
    for j in range(p):
        for i in range(j):
            R[i, j] = X[:, i] @ X[:, j]
            X[:, j] -= R[i, j] * X[:, i]
        R[j, j] = np.sqrt(X[:, j] @ X[:, j])
        X[:, j] /= R[j, j]
    return np.linalg.solve(R, X.T @ y)
