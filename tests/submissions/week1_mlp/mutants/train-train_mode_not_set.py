# exercise: train
# mistake: leaves the model in the mode in which it came
# caught by: test_trains_in_training_mode

def train(model, x, y, loss_fn, optimizer, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
