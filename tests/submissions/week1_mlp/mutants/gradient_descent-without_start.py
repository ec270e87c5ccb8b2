# exercise: gradient_descent
# mistake: records the coefficients after each step only, so that the start is missing
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else np.array(beta0, dtype=float)
    trajectory = []
    for _ in range(n_steps):
        beta = beta - lr * mse_gradient(X, y, beta)
        trajectory.append(beta)
    return np.array(trajectory)
