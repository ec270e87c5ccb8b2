# exercise: gradient_descent
# mistake: records before each step, so that the end is missing
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else np.array(beta0, dtype=float)
    trajectory = []
    for _ in range(n_steps):
        trajectory.append(beta.copy())
        beta -= lr * mse_gradient(X, y, beta)
    return np.array(trajectory)
