# exercise: gradient_descent
# mistake: always starts at zeros
def gradient_descent(X, y, lr, n_steps, beta0=None):
    """Minimize the mean squared error of a linear model by gradient descent.

    X: array (n, p). y: array (n,). lr: the learning rate. n_steps: how many steps to take.
    beta0: array (p,), where to start; None means at zeros. Do not change the caller's array.
    Returns an array (n_steps + 1, p): every beta on the way, the start first, the last one last.
    Take plain steps along the exact gradient (your mse_gradient). Do not clip, shrink or stop
    early: with a rate that is too large the trajectory should diverge.
    """
    beta = np.zeros(X.shape[1])
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta - lr * mse_gradient(X, y, beta)  # a new array, so the earlier rows stay
        trajectory.append(beta)
    return np.array(trajectory)
