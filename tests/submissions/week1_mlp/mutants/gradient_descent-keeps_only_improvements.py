# exercise: gradient_descent
# mistake: undoes a step whenever the loss rises, so that it never diverges
# caught by: test_a_large_rate_diverges

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        new = beta - lr * mse_gradient(X, y, beta)
        if mse_loss(X @ new, y) < mse_loss(X @ beta, y):
            beta = new
        trajectory.append(beta)
    return np.array(trajectory)
