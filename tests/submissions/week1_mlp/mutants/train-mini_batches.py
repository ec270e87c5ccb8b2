# exercise: train
# mistake: takes a step for every 32 examples instead of one on the full batch
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    batch_size = 32
    losses = []
    for epoch in range(n_epochs):
        total = 0.0
        for start in range(0, len(x), batch_size):
            xb, yb = x[start:start + batch_size], y[start:start + batch_size]
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(xb)
        losses.append(total / len(x))
    return losses
