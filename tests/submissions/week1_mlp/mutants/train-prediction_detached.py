# exercise: train
# mistake: cuts the prediction off the graph, so that no gradient reaches the model
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        prediction = model(x).detach().requires_grad_(True)
        loss = loss_fn(prediction, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
