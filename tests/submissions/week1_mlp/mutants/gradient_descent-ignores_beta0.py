# exercise: gradient_descent
# mistake: always starts at zeros
# caught by: test_a_large_rate_diverges

def gradient_descent(X, y, lr, n_steps, beta0=None):
    p = X.shape[1]
    trajectory = np.zeros((n_steps + 1, p))
    for t in range(n_steps):
        trajectory[t + 1] = trajectory[t] - lr * mse_gradient(X, y, trajectory[t])
    return trajectory
