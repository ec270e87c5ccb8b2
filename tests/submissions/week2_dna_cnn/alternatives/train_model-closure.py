# exercise: train_model
# style: hands the optimizer a closure; a decorated inner function validates

def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    @torch.no_grad()
    def validate():
        model.eval()
        pairs = [(loss_fn(model(x.to(device)), y.to(device)).item(), len(y)) for x, y in val_dl]
        return sum(value * n for value, n in pairs) / sum(n for _, n in pairs)

    def step(x, y):
        def closure():
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            return loss
        return optimizer.step(closure).item()

    model.to(device)
    train_losses, val_losses = [], []
    while len(train_losses) < epochs:
        model.train()
        weighted = [(step(x.to(device), y.to(device)), len(y)) for x, y in train_dl]
        train_losses.append(sum(v * n for v, n in weighted) / sum(n for _, n in weighted))
        val_losses.append(validate())
    return train_losses, val_losses
