# exercise: mse_gradient
# style: lets torch differentiate the loss

def mse_gradient(X, y, beta):
    A, target, b = (torch.from_numpy(np.array(v, dtype=np.float64)) for v in (X, y, beta))
    b.requires_grad_(True)
    loss = ((A @ b - target) ** 2).mean()
    loss.backward()
    return b.grad.numpy()
