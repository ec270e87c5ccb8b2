# exercise: train
# mistake: returns only the last loss instead of the list
# caught by: test_loss_of_prediction_and_target

def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    for epoch in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()
