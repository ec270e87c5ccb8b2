# exercise: train
# style: torch.autograd.grad, and gradients set by hand

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train(True)
    parameters = [p for p in model.parameters() if p.requires_grad]
    history = [0.0] * n_epochs
    for epoch in range(n_epochs):
        loss = loss_fn(model(x), y)
        gradients = torch.autograd.grad(loss, parameters, allow_unused=True)
        for p, g in zip(parameters, gradients):
            p.grad = g
        history[epoch] = float(loss.detach())
        optimizer.step()
    return history
