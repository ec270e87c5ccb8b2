# exercise: train
# mistake: rounds the losses to two decimals
# caught by: test_loss_of_prediction_and_target

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(round(loss.item(), 2))
    return losses
