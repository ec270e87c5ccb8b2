# exercise: gradient_descent
# mistake: stops early when the gradient is small, so rows are missing
# caught by: test_starts_at_beta0

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    betas = [beta]
    for _ in range(n_steps):
        gradient = mse_gradient(X, y, beta)
        if np.linalg.norm(gradient) < 1e-3:
            break
        beta = beta - lr * gradient
        betas.append(beta)
    return np.array(betas)
