# exercise: train
# mistake: takes a step for every single example and records the last one's loss
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        for i in range(len(x)):
            optimizer.zero_grad()
            loss = loss_fn(model(x[i:i + 1]), y[i:i + 1])
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    return losses
