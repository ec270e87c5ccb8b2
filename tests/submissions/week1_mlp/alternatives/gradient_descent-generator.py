# exercise: gradient_descent
# style: a generator inside the cell that walks downhill forever, cut off after n_steps

from itertools import islice


def downhill(X, y, lr, beta):
    while True:
        yield beta
        beta = beta - lr * mse_gradient(X, y, beta)


def gradient_descent(X, y, lr, n_steps, beta0=None):
    if beta0 is None:
        beta0 = np.zeros(X.shape[1])
    walk = downhill(X, y, lr, np.asarray(beta0, dtype=float))
    return np.stack(list(islice(walk, n_steps + 1)))
