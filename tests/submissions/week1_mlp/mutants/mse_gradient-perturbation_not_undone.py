# exercise: mse_gradient
# mistake: moves one coefficient after another and never moves them back
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    h = 1e-3
    b = np.array(beta, dtype=float)
    grad = np.zeros(len(b))
    for j in range(len(b)):
        b[j] += h
        up = mse_loss(X @ b, y)
        b[j] -= 2 * h
        down = mse_loss(X @ b, y)
        grad[j] = (up - down) / (2 * h)
    return grad
