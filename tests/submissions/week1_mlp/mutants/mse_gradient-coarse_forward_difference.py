# exercise: mse_gradient
# mistake: approximates the gradient by a coarse one-sided difference
# caught by: test_worked_case

def mse_gradient(X, y, beta):
    h = 1e-2
    base = mse_loss(X @ beta, y)
    grad = np.zeros(len(beta))
    for j in range(len(beta)):
        moved = beta.astype(float)
        moved[j] += h
        grad[j] = (mse_loss(X @ moved, y) - base) / h
    return grad
