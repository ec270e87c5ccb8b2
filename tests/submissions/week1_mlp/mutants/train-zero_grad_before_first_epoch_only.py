# exercise: train
# mistake: resets the gradients once before the loop instead of in every epoch
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    optimizer.zero_grad()
    for epoch in range(n_epochs):
        prediction = model(x)
        loss = loss_fn(prediction, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
