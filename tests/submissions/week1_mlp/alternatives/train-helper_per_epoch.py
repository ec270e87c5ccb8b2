# exercise: train
# style: a helper for one epoch, gradients kept as zeros, losses made floats at the end

def one_epoch(model, x, y, loss_fn, optimizer):
    optimizer.zero_grad(set_to_none=False)
    prediction = model.forward(x)
    loss = loss_fn(prediction, y)
    loss.backward()
    optimizer.step()
    return loss.detach()


def train(model, x, y, loss_fn, optimizer, n_epochs):
    model = model.train()
    losses = []
    while len(losses) < n_epochs:
        losses.append(one_epoch(model, x, y, loss_fn, optimizer))
    return [loss.item() for loss in losses]
