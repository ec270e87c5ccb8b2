# exercise: gradient_descent
# mistake: starts at random coefficients when no start is given
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    if beta0 is None:
        beta = np.random.randn(X.shape[1])
    else:
        beta = beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta - lr * mse_gradient(X, y, beta)
        trajectory.append(beta)
    return np.array(trajectory)
