# exercise: train_model
# style: one helper walks through a loader, with or without an optimizer

def run_epoch(model, dl, loss_fn, device, optimizer=None):
    training = optimizer is not None
    model.train(training)
    losses, sizes = [], []
    with torch.set_grad_enabled(training):
        for x, y in dl:
            loss = loss_fn(model(x.to(device)), y.to(device))
            if training:
                loss.backward()
                optimizer.step()
                optimizer.zero_grad()
            losses.append(loss.item())
            sizes.append(x.shape[0])
    return float(np.average(losses, weights=sizes))


def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model = model.to(device)
    optimizer.zero_grad()
    history = []
    for _ in range(epochs):
        t = run_epoch(model, train_dl, loss_fn, device, optimizer)
        v = run_epoch(model, val_dl, loss_fn, device)
        history.append((t, v))
    return [t for t, _ in history], [v for _, v in history]
