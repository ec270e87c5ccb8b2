# exercise: gradient_descent
# mistake: divides the gradient by n although it is a mean already
# caught by: test_every_step_follows_the_gradient

def gradient_descent(X, y, lr, n_steps, beta0=None):
    n = len(y)
    beta = np.zeros(X.shape[1]) if beta0 is None else beta0.copy()
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta - lr / n * mse_gradient(X, y, beta)
        trajectory.append(beta)
    return np.array(trajectory)
