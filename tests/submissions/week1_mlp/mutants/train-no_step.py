# exercise: train
# mistake: computes the gradients and never takes a step
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.item())
    return losses
