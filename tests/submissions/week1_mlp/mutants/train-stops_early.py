# exercise: train
# mistake: stops as soon as the loss no longer falls
# caught by: test_returns_a_list_of_floats

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    best = float("inf")
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        if loss.item() >= best:
            break
        best = loss.item()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
