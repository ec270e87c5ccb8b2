# exercise: gradient_descent
# mistake: keeps the gradient's entries between -1000 and 1000, so that a large rate does not blow up
# caught by: test_a_large_rate_diverges

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        grad = np.clip(mse_gradient(X, y, beta), -1000, 1000)
        beta = beta - lr * grad
        trajectory.append(beta)
    return np.array(trajectory)
