# exercise: train
# mistake: clips the gradients before each step
# caught by: test_weights_after_three_steps

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        losses.append(loss.item())
    return losses
