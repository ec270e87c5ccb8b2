# exercise: fit
# mistake: copies the weights at the start of the epoch whose validation turns out best
# caught by: test_tie

import copy

def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)
    train_losses, val_losses = [], []
    best_loss, best_state = float("inf"), copy.deepcopy(model.state_dict())
    for epoch in range(epochs):
        state_before = copy.deepcopy(model.state_dict())
        model.train()
        total, count = 0.0, 0
        for x, y in train_dl:
            x, y = x.to(device), y.to(device)
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        train_losses.append(total / count)
        model.eval()
        val_total, val_count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                val_total += loss_fn(model(x), y).item() * len(x)
                val_count += len(x)
        val_losses.append(val_total / val_count)
        if val_losses[-1] < best_loss:
            best_loss = val_losses[-1]
            best_state = state_before
    model.load_state_dict(best_state)
    return train_losses, val_losses
