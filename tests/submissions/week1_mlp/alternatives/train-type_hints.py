# exercise: train
# style: zero_grad after the forward pass, type hints, enable_grad

def train(
    model: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    loss_fn,
    optimizer: torch.optim.Optimizer,
    n_epochs: int,
) -> list[float]:
    losses: list[float] = []
    if n_epochs <= 0:
        return losses
    with torch.enable_grad():
        for _ in range(n_epochs):
            model.train()
            loss = loss_fn(model(x), y)
            losses.append(loss.item())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return losses
