# exercise: train
# mistake: records the mean of all losses so far instead of the epoch's own
# caught by: test_loss_of_prediction_and_target

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    total = 0.0
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
        losses.append(total / (epoch + 1))
    return losses
