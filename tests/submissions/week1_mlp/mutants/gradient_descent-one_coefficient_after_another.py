# exercise: gradient_descent
# mistake: updates the coefficients one by one, each with the others already moved
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.astype(float)
    trajectory = [beta.copy()]
    for _ in range(n_steps):
        for j in range(len(beta)):
            beta[j] -= lr * mse_gradient(X, y, beta)[j]
        trajectory.append(beta.copy())
    return np.array(trajectory)
