# exercise: train
# mistake: trains a copy, and leaves the model it was given untrained
# caught by: test_trains_in_training_mode

import copy

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model, optimizer = copy.deepcopy((model, optimizer))
    model.train()
    losses = []
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
