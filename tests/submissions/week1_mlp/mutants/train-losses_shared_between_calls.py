# exercise: train
# mistake: keeps the list as a default argument, so that a second call still has the first one's losses
# caught by: test_returns_a_list_of_floats

def train(model, x, y, loss_fn, optimizer, n_epochs, losses=[]):
    model.train()
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
