"""train(model, x, y, loss_fn, optimizer, n_epochs): full-batch training, the losses returned."""

import copy

import numpy as np
import torch

from autograder.testing import expect, points, remote

# What the student's train is called with; made in their kernel, on their device, from these seeds.
SETUP = """
import torch

class Watched(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net
        self.modes = []
        self.rows = []

    def forward(self, x):
        self.modes.append(self.training)
        self.rows.append(len(x))
        return self.net(x)

def skewed(prediction, target):
    return ((prediction - target) ** 2 * torch.exp(0.3 * prediction)).mean()

def setup(device, kind, state):
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    net = net.double()
    net.load_state_dict(state)
    model = Watched(net).to(device)
    rates = {"sgd": 0.05, "wild": 2.0, "still": 0.0}
    if kind in rates:
        rate = rates[kind]
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
        return model, torch.nn.MSELoss(), optimizer
    return model, skewed, torch.optim.Adam(model.parameters(), lr=0.02)
"""


def data(seed, n=45):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 3, generator=generator, dtype=torch.float64)
    y = torch.randn(n, 1, generator=generator, dtype=torch.float64)
    return x, y


def fresh_net(seed):
    torch.manual_seed(seed)
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    return net.double()


def skewed(prediction, target):
    return ((prediction - target) ** 2 * torch.exp(0.3 * prediction)).mean()


def reference(net, x, y, kind, n_epochs):
    """(losses, state dict) of the same training, written out here."""
    net = copy.deepcopy(net)
    if kind == "sgd":
        loss_fn, optimizer = torch.nn.MSELoss(), torch.optim.SGD(net.parameters(), 0.05, 0.9)
    else:
        loss_fn, optimizer = skewed, torch.optim.Adam(net.parameters(), lr=0.02)
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, net.state_dict()


def run(student, net, x, y, kind, n_epochs):
    """(what the student's train returned, the model that it trained)."""
    setup = remote.define(student, SETUP, "setup")
    model, loss_fn, optimizer = setup(student.device, kind, dict(net.state_dict()))
    held_x, held_y = (remote.put(student, t, student.device) for t in (x, y))
    return student.train(model, held_x, held_y, loss_fn, optimizer, n_epochs), model


def loss_with(net, state, x, y):
    """The mean squared error of the network with the weights `state`."""
    with torch.no_grad():
        return float(((torch.func.functional_call(net, state, x) - y) ** 2).mean())


def assert_same_weights(model, expected):
    found = model.net.state_dict()
    for name, weights in expected.items():
        expect.close(found[name], weights, rtol=0, atol=1e-6)


@points(1, form=True)
def test_returns_a_list_of_floats(student):
    """Return a list of n_epochs Python floats, one loss per epoch: use .item() on the loss,
    append in every epoch, and start a new list in every call. No epoch is skipped, also if the
    loss rises or does not change."""
    x, y = data(101)
    for n_epochs, kind in ((5, "sgd"), (9, "wild"), (7, "still")):
        losses, _ = run(student, fresh_net(1), x, y, kind, n_epochs)
        assert type(losses) in (list, tuple), f"{type(losses).__name__}, not a list"
        assert len(losses) == n_epochs
        assert all(isinstance(loss, (float, np.floating)) for loss in losses), losses


@points(1)
def test_losses_are_from_before_each_step(student):
    """The losses are wrong. If the first one is right and later ones are not, the steps are
    wrong: clear the gradients in every epoch. If the first one is wrong too, record the loss
    before the step, on all examples, and neither scale nor round it."""
    x, y = data(102)
    net = fresh_net(2)
    losses, _ = run(student, net, x, y, "sgd", 3)
    expect.close(list(losses), reference(net, x, y, "sgd", 3)[0], rtol=1e-7)


@points(2)
def test_weights_after_three_steps(student):
    """The weights after three epochs are wrong. Are the gradients cleared in every epoch? Do
    zero_grad, backward and step happen once per epoch, in that order, on the whole batch and on
    the model that was passed in?"""
    x, y = data(103)
    net = fresh_net(3)
    _, model = run(student, net, x, y, "sgd", 3)
    assert_same_weights(model, reference(net, x, y, "sgd", 3)[1])


@points(0.5)
def test_uses_the_optimizer_it_is_given(student):
    """The weights are wrong after twelve epochs with Adam. If the weights after three epochs are
    wrong too, fix that first. Otherwise, use the optimizer that was passed in and create none of
    your own."""
    x, y = data(104, n=17)
    net = fresh_net(4)
    _, model = run(student, net, x, y, "adam", 12)
    assert_same_weights(model, reference(net, x, y, "adam", 12)[1])


@points(1)
def test_loss_of_prediction_and_target(student):
    """The losses are wrong for a loss that is not symmetric. If the losses of other tests are
    wrong too, fix those first. Otherwise, call the loss_fn that was passed in, as
    loss_fn(prediction, target), in that order."""
    x, y = data(105)
    net = fresh_net(5)
    losses, _ = run(student, net, x, y, "adam", 2)
    expect.close(list(losses), reference(net, x, y, "adam", 2)[0], rtol=1e-7)


@points(0.5)
def test_trains_in_training_mode(student):
    """Call model.train() before the loop, and do not leave training mode during it: the model
    may arrive in evaluation mode, in which dropout and batch normalization do not train. In this
    mode, the steps must make the loss smaller."""
    x, y = data(106)
    net = fresh_net(6)
    setup = remote.define(student, SETUP, "setup")
    model, loss_fn, optimizer = setup(student.device, "sgd", dict(net.state_dict()))
    model.eval()
    held_x, held_y = (remote.put(student, t, student.device) for t in (x, y))
    student.train(model, held_x, held_y, loss_fn, optimizer, 2)
    modes = model.modes
    assert modes and all(modes), modes
    trained = reference(net, x, y, "sgd", 2)[1]
    before, theirs, wanted = (
        loss_with(net, state, x, y) for state in (net.state_dict(), model.net.state_dict(), trained)
    )
    # Steps in another direction do not come so far by chance; one mistake may make them smaller.
    assert before - theirs > 0.1 * (before - wanted), "the loss did not get smaller"
