# exercise: gradient_descent
# mistake: adds the gradient instead of subtracting it
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta + lr * mse_gradient(X, y, beta)
        trajectory.append(beta)
    return np.array(trajectory)
