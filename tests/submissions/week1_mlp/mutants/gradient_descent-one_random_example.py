# exercise: gradient_descent
# mistake: follows the gradient of one random example at a time
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    rng = np.random.default_rng(0)
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        i = rng.integers(len(y))
        beta = beta - lr * mse_gradient(X[i:i + 1], y[i:i + 1], beta)
        trajectory.append(beta)
    return np.array(trajectory)
