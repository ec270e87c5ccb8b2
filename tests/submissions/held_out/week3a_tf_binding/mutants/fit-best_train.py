# exercise: fit
# mistake: chooses by the training loss
def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    """Train a model in batches and keep its best epoch.

    model: nn.Module, already on device. train_dl, val_dl: DataLoaders of pairs (x, y), on the CPU.
    optimizer: holds the model's parameters. loss_fn(prediction, target): the mean over a batch.

    Each epoch first trains: training mode, one optimizer step a batch. Then it measures the loss on
    val_dl: evaluation mode, no gradients, no change of the model. At the end the model has the
    state dict of the epoch with the lowest validation loss (of the first of them, in a tie).
    Returns (train_losses, val_losses), lists of `epochs` floats: the mean loss of an example. The
    last batch may be smaller, so weigh each batch by its size. The training loss of an epoch is
    that of its batches as they were met, before each step.
    """
    train_losses, val_losses = [], []
    best_loss, best_state = float("inf"), None
    for _ in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_dl:
            x, y = x.to(device), y.to(device)
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, count = total + loss.item() * len(x), count + len(x)
        train_losses.append(total / count)

        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                total, count = total + loss_fn(model(x), y).item() * len(x), count + len(x)
        val_losses.append(total / count)
        if train_losses[-1] < best_loss:
            best_loss, best_state = train_losses[-1], copy.deepcopy(model.state_dict())
    if best_state is not None:
        model.load_state_dict(best_state)
    return train_losses, val_losses
