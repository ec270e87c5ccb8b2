# exercise: gradient_descent
# style: itertools.accumulate, without a loop of its own

from itertools import accumulate


def gradient_descent(X, y, lr, n_steps, beta0=None):
    def step(beta, _):
        return beta - lr * mse_gradient(X, y, beta)

    start = np.zeros(X.shape[1]) if beta0 is None else np.array(beta0, dtype=float)
    return np.vstack(list(accumulate(range(n_steps), step, initial=start)))
