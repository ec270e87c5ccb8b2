# exercise: train
# mistake: multiplies the mean loss by the number of examples
# caught by: test_losses_are_from_before_each_step

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item() * len(x))
    return losses
