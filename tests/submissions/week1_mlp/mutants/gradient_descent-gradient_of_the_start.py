# exercise: gradient_descent
# mistake: computes the gradient once, at the start, and follows it all the way
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    grad = mse_gradient(X, y, beta)
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta - lr * grad
        trajectory.append(beta)
    return np.array(trajectory)
