# exercise: train_model
# mistake: ends with the weights of the best validation epoch, which is week 3's exercise
# caught by: test_weights_after_training

import copy

def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)
    train_losses, val_losses = [], []
    best = copy.deepcopy(model.state_dict())
    for epoch in range(epochs):
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
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        val_losses.append(total / count)
        if val_losses[-1] == min(val_losses):
            best = copy.deepcopy(model.state_dict())
    model.load_state_dict(best)
    return train_losses, val_losses
