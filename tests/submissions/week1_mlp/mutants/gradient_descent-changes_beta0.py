# exercise: gradient_descent
# mistake: takes its steps inside the caller's beta0
# caught by: test_starts_at_beta0

def gradient_descent(X, y, lr, n_steps, beta0=None):
    if beta0 is None:
        beta0 = np.zeros(X.shape[1])
    beta = beta0
    trajectory = [beta.copy()]
    for _ in range(n_steps):
        beta -= lr * mse_gradient(X, y, beta)
        trajectory.append(beta.copy())
    return np.stack(trajectory)
