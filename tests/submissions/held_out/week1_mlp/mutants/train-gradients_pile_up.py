# exercise: train
# mistake: never clears the gradients
def train(model, x, y, loss_fn, optimizer, n_epochs):
    """Train a model on the full batch.

    model: nn.Module. x, y: tensors, inputs and targets, on the model's device.
    loss_fn: called as loss_fn(prediction, target), returns a scalar tensor.
    optimizer: a torch optimizer that already holds the model's parameters.
    n_epochs: how many epochs; each one uses all of x and y and takes one optimizer step.

    Puts the model in training mode. Returns a list of n_epochs Python floats: the loss of each
    epoch, as it was before that epoch's step.
    Do not create another optimizer, and do not split or shuffle the data.
    """
    model.train()
    losses = []
    for _ in range(n_epochs):
        prediction = model(x)
        loss = loss_fn(prediction, y)
        pass
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
