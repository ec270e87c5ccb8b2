# exercise: train
# style: a data loader with a single batch that holds everything

from torch.utils.data import DataLoader


def train(model, x, y, loss_fn, optimizer, n_epochs):
    loader = DataLoader([(x, y)], batch_size=None)
    losses = []
    for epoch in range(n_epochs):
        model.train()
        for xb, yb in loader:
            loss = loss_fn(model(xb), yb)
            model.zero_grad()
            loss.backward()
            losses.append(loss.item())
            optimizer.step()
    model.eval()
    return losses
