# exercise: train
# mistake: builds its own optimizer and ignores the one it was given
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
