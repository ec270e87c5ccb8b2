# exercise: gradient_descent
# mistake: appends the same array again and again, so that every row is the end
# caught by: test_starts_at_zero

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else np.array(beta0, dtype=float)
    trajectory = [beta]
    for _ in range(n_steps):
        beta -= lr * mse_gradient(X, y, beta)
        trajectory.append(beta)
    return np.array(trajectory)
