# exercise: train
# style: hands the optimizer a closure and takes the loss that step returns

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    return [optimizer.step(closure).item() for _ in range(n_epochs)]
