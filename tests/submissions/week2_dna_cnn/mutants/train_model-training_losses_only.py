# exercise: train_model
# mistake: returns the training losses alone
# caught by: test_moves_every_batch_to_the_device

def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)
    train_losses, val_losses = [], []
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
        val_total, val_count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                val_loss = loss_fn(model(x), y)
                val_total += val_loss.item() * len(x)
                val_count += len(x)
        val_losses.append(val_total / val_count)
    return train_losses
