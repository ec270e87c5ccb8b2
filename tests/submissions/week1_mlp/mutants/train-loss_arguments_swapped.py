# exercise: train
# mistake: calls the loss with the target first
# caught by: test_uses_the_optimizer_it_is_given

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        prediction = model(x)
        loss = loss_fn(y, prediction)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
