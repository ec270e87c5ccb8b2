# exercise: train_model
# mistake: trains a copy and leaves the model untouched
# caught by: test_validation_changes_nothing

import copy

def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model, optimizer = copy.deepcopy((model, optimizer))
    model.to(device)
    train_losses, val_losses = [], []
    for epoch in range(epochs):
        for losses, dl, training in ((train_losses, train_dl, True), (val_losses, val_dl, False)):
            model.train(training)
            total, count = 0.0, 0
            with torch.set_grad_enabled(training):
                for x, y in dl:
                    loss = loss_fn(model(x.to(device)), y.to(device))
                    if training:
                        optimizer.zero_grad()
                        loss.backward()
                        optimizer.step()
                    total += loss.item() * len(x)
                    count += len(x)
            losses.append(total / count)
    return train_losses, val_losses
