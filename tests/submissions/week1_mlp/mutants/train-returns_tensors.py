# exercise: train
# mistake: returns the losses as tensors with their graphs instead of floats
# caught by: test_returns_a_list_of_floats

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses
