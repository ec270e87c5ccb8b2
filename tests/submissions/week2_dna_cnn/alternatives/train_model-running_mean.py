# exercise: train_model
# style: an incremental mean, type hints, the mode restored after validation

def train_model(model: nn.Module, train_dl, val_dl, optimizer, loss_fn, device, epochs: int):
    train_losses: list[float] = []
    val_losses: list[float] = []
    model.to(device).train()
    for _ in range(epochs):
        mean, n = 0.0, 0
        for inputs, targets in train_dl:
            optimizer.zero_grad()
            loss = loss_fn(model(inputs.to(device)), targets.to(device))
            loss.backward()
            optimizer.step()
            n += len(inputs)
            mean += (loss.item() - mean) * len(inputs) / n
        train_losses.append(mean)

        model.eval()
        mean, n = 0.0, 0
        for inputs, targets in val_dl:
            with torch.no_grad():
                value = float(loss_fn(model(inputs.to(device)), targets.to(device)))
            n += len(inputs)
            mean += (value - mean) * len(inputs) / n
        val_losses.append(mean)
        model.train()
    return train_losses, val_losses
