# exercise: mse_gradient
# style: einsum over the residuals

def mse_gradient(X, y, beta):
    residuals = np.einsum("np,p->n", X, beta) - y
    return 2.0 / residuals.shape[0] * np.einsum("n,np->p", residuals, X)
