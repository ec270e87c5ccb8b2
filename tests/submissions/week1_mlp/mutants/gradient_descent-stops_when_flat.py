# exercise: gradient_descent
# mistake: stops as soon as the steps become small, and returns fewer rows
# caught by: test_a_large_rate_diverges

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        step = lr * mse_gradient(X, y, beta)
        if np.linalg.norm(step) < 1e-6:
            break
        beta = beta - step
        trajectory.append(beta)
    return np.array(trajectory)
