# exercise: mse_gradient
# mistake: central differences instead of the formula
# caught by: test_zero_at_the_minimum

def mse_gradient(X, y, beta):
    out, step = np.zeros(len(beta)), 1e-5
    for j in range(len(beta)):
        shift = np.zeros(len(beta))
        shift[j] = step
        out[j] = (mse_loss(X @ (beta + shift), y) - mse_loss(X @ (beta - shift), y)) / (2 * step)
    return out
