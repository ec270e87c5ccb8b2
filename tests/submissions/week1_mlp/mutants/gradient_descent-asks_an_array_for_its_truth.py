# exercise: gradient_descent
# mistake: tests beta0 with `or`, which fails for a start of several coefficients
# caught by: test_a_large_rate_diverges

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = beta0 or np.zeros(X.shape[1])
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta - lr * mse_gradient(X, y, beta)
        trajectory.append(beta)
    return np.array(trajectory)
