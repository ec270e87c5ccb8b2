# attack: patches the optimizer, the loss and the autograd functions that training tests rely on
# class: gain
# base: stub
# exercise: train_model
# expect: 0 points
torch.optim.Optimizer.step = lambda self, *a: None
torch.Tensor.backward = lambda self, *a, **k: None
nn.Module.state_dict = lambda self, *a, **k: {}
torch.allclose = torch.equal = lambda *a, **k: True
nn.Module.train = lambda self, mode=True: self
def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    return [1.0 / (e + 1) for e in range(epochs)], [1.0 / (e + 1) for e in range(epochs)]
