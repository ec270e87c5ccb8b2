# exercise: train
# mistake: uses its own mean squared error instead of loss_fn
# caught by: test_uses_the_optimizer_it_is_given

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = ((model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
