# exercise: train_model
# style: totals kept as tensors on the device, turned into floats once an epoch

def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model.to(device)
    train_losses = [0.0] * epochs
    val_losses = [0.0] * epochs
    for e in range(epochs):
        seen, running = 0, torch.zeros((), dtype=torch.float64)
        model.train()
        for xb, yb in train_dl:
            xb = xb.to(device)
            yb = yb.to(device)
            prediction = model(xb)
            loss = loss_fn(prediction, yb)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            running += loss.detach().cpu().double() * xb.size(0)
            seen += xb.size(0)
        train_losses[e] = (running / seen).item()

        model.eval()
        seen, running = 0, torch.zeros((), dtype=torch.float64)
        with torch.inference_mode():
            for xb, yb in val_dl:
                xb = xb.to(device)
                yb = yb.to(device)
                running += loss_fn(model(xb), yb).cpu().double() * xb.size(0)
                seen += xb.size(0)
        val_losses[e] = (running / seen).item()
    return train_losses, val_losses
