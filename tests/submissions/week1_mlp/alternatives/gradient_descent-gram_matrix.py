# exercise: gradient_descent
# style: computes X'X and X'y once, and steps with them

def gradient_descent(X, y, lr, n_steps, beta0=None):
    n, p = X.shape
    gram, moment = X.T @ X, X.T @ y
    beta = np.zeros(p)
    if beta0 is not None:
        beta += beta0
    rows = [beta.copy()]
    while len(rows) <= n_steps:
        beta -= (2 * lr / n) * (gram @ beta - moment)
        rows.append(beta.copy())
    return np.asarray(rows)
