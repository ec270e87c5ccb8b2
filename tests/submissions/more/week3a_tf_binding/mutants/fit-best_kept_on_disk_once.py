# exercise: fit
# mistake: writes the weights to disk only when the first epoch is over
# caught by: test_weights

import os
import tempfile

def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)
    train_losses, val_losses = [], []
    path = os.path.join(tempfile.mkdtemp(), "best.pt")
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
        if not os.path.exists(path):
            torch.save(model.state_dict(), path)
    if epochs:
        model.load_state_dict(torch.load(path))
    return train_losses, val_losses
