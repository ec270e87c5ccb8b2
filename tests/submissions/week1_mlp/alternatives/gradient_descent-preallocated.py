# exercise: gradient_descent
# style: fills an array made beforehand, with its own gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    n, p = X.shape
    trajectory = np.zeros((n_steps + 1, p))
    if beta0 is not None:
        trajectory[0] = beta0
    for t in range(1, n_steps + 1):
        previous = trajectory[t - 1]
        gradient = 2 / n * X.T @ (X @ previous - y)
        trajectory[t] = previous - lr * gradient
    return trajectory
