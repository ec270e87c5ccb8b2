# exercise: train_model
# mistake: weights the validation batches by their size, and forgets it in training
# caught by: test_training_losses

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
            total += loss.item()
            count += 1
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
    return train_losses, val_losses
