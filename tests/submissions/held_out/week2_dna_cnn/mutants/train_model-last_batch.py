# exercise: train_model
# mistake: reports the last batch's loss
def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    """Train a model in batches, and validate it after each epoch.

    model: nn.Module, already on device. optimizer: already holds the model's parameters.
    train_dl, val_dl: loaders that yield batches (x, y) on the CPU; move each batch to device.
    loss_fn: called as loss_fn(prediction, target), returns the mean over the batch (scalar tensor).
    epochs: how many times to go through train_dl, with one optimizer step for each batch.

    Returns (train_losses, val_losses), two lists of epochs Python floats: mean losses per example.
    A training loss is taken over the epoch's batches as they were met, each before its own step. A
    validation loss is taken after the epoch's last step, in evaluation mode and without gradients;
    it changes nothing. In both, a batch counts in proportion to its size.
    The training batches are met in training mode, in every epoch.
    """
    train_losses, val_losses = [], []
    for _ in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_dl:
            x, y = x.to(device), y.to(device)
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        train_losses.append(loss.item())

        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        val_losses.append(total / count)
    return train_losses, val_losses
