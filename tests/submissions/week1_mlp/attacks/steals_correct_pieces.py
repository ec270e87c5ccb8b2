# attack: keeps the correct pieces that the grader brings along for a second try, and answers with them
# class: gain
# base: stub
# exercise: gradient_descent
# expect: no more points than base
import gc, sys, types
def gradient_descent(X, y, lr, n_steps, beta0=None):
    main = sys.modules["__main__"]
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__name__ in ("mse_gradient", "mse_loss", "train"):
            if found is not main.__dict__.get(found.__name__):
                main.__dict__[found.__name__] = found
    return np.zeros((n_steps + 1, X.shape[1]))
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.zeros(len(beta))
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    return -1.0
