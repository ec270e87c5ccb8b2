# exercise: gradient_descent
# style: torch's SGD and autograd in double precision

def gradient_descent(X, y, lr, n_steps, beta0=None):
    Xt = torch.from_numpy(np.array(X, dtype=np.float64))
    yt = torch.from_numpy(np.array(y, dtype=np.float64))
    start = np.zeros(X.shape[1]) if beta0 is None else beta0
    beta = nn.Parameter(torch.from_numpy(np.array(start, dtype=np.float64)))
    optimizer = torch.optim.SGD([beta], lr=lr)
    trajectory = [beta.detach().clone()]
    for _ in range(n_steps):
        optimizer.zero_grad()
        torch.mean((Xt @ beta - yt) ** 2).backward()
        optimizer.step()
        trajectory.append(beta.detach().clone())
    return torch.stack(trajectory).numpy()
