# exercise: fit
# style: one helper for both passes, clones of the tensors, argmin at the end

def one_pass(model, dl, loss_fn, device, optimizer):
    model.train(optimizer is not None)
    losses, sizes = [], []
    with torch.set_grad_enabled(optimizer is not None):
        for x, y in dl:
            loss = loss_fn(model(x.to(device)), y.to(device))
            if optimizer is not None:
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            losses.append(loss.item())
            sizes.append(len(x))
    return float(np.dot(losses, sizes) / np.sum(sizes))


def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)
    train_losses, val_losses, states = [], [], []
    for _ in range(epochs):
        train_losses.append(one_pass(model, train_dl, loss_fn, device, optimizer))
        val_losses.append(one_pass(model, val_dl, loss_fn, device, None))
        states.append({k: v.detach().clone() for k, v in model.state_dict().items()})
    if states:
        model.load_state_dict(states[int(np.argmin(val_losses))])
    return train_losses, val_losses
