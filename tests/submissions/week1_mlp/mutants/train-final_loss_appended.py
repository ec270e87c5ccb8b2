# exercise: train
# mistake: appends the loss after the last step, which makes n_epochs + 1 losses
# caught by: test_loss_of_prediction_and_target

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        losses.append(loss_fn(model(x), y).item())
    return losses
