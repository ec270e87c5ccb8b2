# exercise: train
# style: gradients cleared once before the loop and after each step

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    optimizer.zero_grad()
    curve = []
    for _ in range(n_epochs):
        loss = loss_fn(model(x), y)
        curve.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return curve
