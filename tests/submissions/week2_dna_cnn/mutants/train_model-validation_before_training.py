# exercise: train_model
# mistake: validates at the start of the epoch instead of at its end
# caught by: test_validation_losses

def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)

    def validate():
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        return total / count

    train_losses, val_losses = [], []
    for epoch in range(epochs):
        val_losses.append(validate())
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
    return train_losses, val_losses
