"""fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs): (train_losses, val_losses)."""

import copy

import numpy as np
import torch
from week3a_tf_binding.fit_setup import SETUP

from autograder.testing import expect, points, remote

HERE: dict = {}
exec(SETUP, HERE)
SGD = ("SGD", {"lr": 0.05, "momentum": 0.9})
ADAM = ("Adam", {"lr": 0.02})
STILL = ("SGD", {"lr": 0.0})
WILD = ("Adam", {"lr": 0.5})  # jumps about, so that good and bad epochs take turns


def data(n, seed, validation=False):
    """Sequences of numbers (n, 5, 4) that float32 holds exactly, and scores (n, 5)."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randint(-128, 129, (n, 5, 4), generator=generator) / 64
    y = torch.randint(-128, 129, (n, 5), generator=generator) / 64
    if validation:
        x[:, 0, 0] = HERE["VALIDATION"]
    return x, y


def start(seed):
    torch.manual_seed(seed)
    return HERE["Net"]().double().state_dict()


def mean_loss(model, batches, optimizer=None):
    """The mean over the examples of an epoch; with an optimizer, a step after each batch."""
    model.train(optimizer is not None)
    total, count = 0.0, 0
    for x, y in batches:
        loss = HERE["skewed"](model(x), y)
        if optimizer is not None:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        total, count = total + float(loss.detach()) * len(x), count + len(x)
    return total / count


def reference(state, optimizer, train, val, epochs):
    """(training losses, validation losses, the state dict after each epoch)."""
    model, step = HERE["build"](state, *optimizer, "cpu")
    train_losses, val_losses, states = [], [], []
    for _ in range(epochs):
        train_losses.append(mean_loss(model, HERE["loader"](*train, 4), step))
        states.append(copy.deepcopy(model.state_dict()))
        with torch.no_grad():
            val_losses.append(mean_loss(model, HERE["loader"](*val, 3)))
    return train_losses, val_losses, states


def run(student, state, optimizer, train, val, epochs, far=False):
    """(what the student's fit returned, the model that it trained)."""
    setup = remote.define(student, SETUP, "setup")
    made = setup(dict(state), *optimizer, student.device, train, val, far)
    return student.fit(*made, student.device, epochs), made[0]


def assert_state(model, expected):
    found = model.state_dict()
    for name, value in expected.items():
        expect.close(found[name], value, rtol=0, atol=1e-6)


@points(1)
def test_losses(student):
    """Return (train_losses, val_losses), two lists of `epochs` floats (.item()), each the mean
    over the epoch's examples. Perhaps the last, smaller batch counts as much as a full one:
    multiply each batch's loss by its size, and divide by the number of examples. The training
    loss is measured before each step, the validation loss after the epoch, both as
    loss_fn(prediction, target)."""
    state, val = start(1), data(7, 332, validation=True)
    # Weights that stay; then a single step, and two, whatever becomes of the gradients after.
    for n, optimizer, epochs in ((10, STILL, 4), (4, SGD, 1), (6, SGD, 1)):
        train = data(n, 331)
        returned, _ = run(student, state, optimizer, train, val, epochs)
        assert type(returned) in (tuple, list) and len(returned) == 2, "not a pair"
        expected = reference(state, optimizer, train, val, epochs)
        for name, losses, wanted in zip(("train", "val"), returned, expected[:2], strict=True):
            assert type(losses) in (list, tuple), f"{type(losses).__name__}, not a list"
            assert all(isinstance(loss, (float, np.floating)) for loss in losses), losses
            assert len(losses) == epochs
            if n != 6 or name == "train":
                expect.close(list(losses), wanted, rtol=1e-7)


@points(1)
def test_weights(student):
    """After training, the weights are not those of a plain training loop. Perhaps the
    gradients are not cleared: each batch needs zero_grad, loss, backward, step, once each. Use
    the optimizer that is passed in, every batch of every epoch, and no validation batch. (In
    this test the last epoch is the best.)"""
    train, x = data(10, 333), data(7, 334, validation=True)[0]
    for optimizer, epochs in ((SGD, 1), (SGD, 3), (ADAM, 3)):
        state = start(2)
        states = reference(state, optimizer, train, train, epochs)[2]
        val = (x, predictions(states[-1], x))
        _, model = run(student, state, optimizer, train, val, epochs)
        assert_state(model, without_count(states[-1]))
    # After a bad epoch training goes on from where it is.
    state, y, states = restless(train, x, 3, -1, lambda losses: losses[1] > losses[0])
    _, model = run(student, state, WILD, train, (x, y), 3)
    assert_state(model, without_count(states[-1]))


def validation_losses(states, x, y):
    return [float(HERE["skewed"](predictions(state, x), y)) for state in states]


def restless(train, x, epochs, target, wanted):
    """(start, targets, states) of a wild training whose validation losses are as `wanted` says.

    `target` is the epoch that the targets are closest to.
    """
    for seed in range(200):
        state = start(seed)
        states = reference(state, WILD, train, train, epochs)[2]
        y = predictions(states[target], x)
        if wanted(validation_losses(states, x, y)):
            return state, y, states
    raise AssertionError("no such training was found")


def without_count(state):
    return {name: value for name, value in state.items() if name != "trained_on"}


def predictions(state, x):
    """Targets that only this state of the model predicts without an error."""
    model = HERE["build"](state, *SGD, "cpu")[0].eval()
    with torch.no_grad():
        return model(x).float()


@points(1)
def test_modes(student):
    """Call model.train() at the start of every epoch's training, because validation leaves the
    model in evaluation mode. Validate after model.eval() and inside torch.no_grad()."""
    train, val = data(10, 335), data(7, 336, validation=True)
    _, model = run(student, start(3), ADAM, train, val, 3)
    log = model.log
    steps = [entry for entry in log if entry == (False, True, True)]
    assert len(steps) == 9, "not every training batch was met in training mode, with gradients"
    assert all(not training and not grad for validation, training, grad in log if validation)


@points(1)
def test_best_epoch(student):
    """At the end the model must have the state of the epoch with the lowest validation loss,
    buffers included. If yours always has the last epoch's: state_dict() returns the live
    tensors, which keep changing, so copy them (copy.deepcopy) and load the copy after the last
    epoch. Compare with the best loss so far, not with the epoch before."""
    epochs, train, state = 5, data(10, 337), start(4)
    x, _ = data(3, 338, validation=True)  # a single batch
    states = reference(state, ADAM, train, data(3, 338), epochs)[2]
    for best in (0, 2, 4):
        y = predictions(states[best], x)
        _, model = run(student, state, ADAM, train, (x, y), epochs)
        assert_best(model, states, x, y)
    # The best of all, not the last one that was better than the epoch before it.
    again = restless(train, x, epochs, 1, lambda losses: losses[3] > losses[4])
    _, model = run(student, again[0], WILD, train, (x, again[1]), epochs)
    assert_best(model, again[2], x, again[1])


def assert_best(model, states, x, y):
    """It has the best of the states that it was validated in, right ones or not."""
    met = model.validated if len(model.validated) >= len(states) else states
    assert_state(model, met[int(np.argmin(validation_losses(met, x, y)))])


@points(0.5)
def test_tie(student):
    """If several epochs have the same lowest validation loss, the first of them counts: replace
    the best only by a loss that is smaller (<, not <=)."""
    train, val = data(10, 339), data(7, 340, validation=True)
    _, model = run(student, start(5), STILL, train, val, 4)
    assert expect.number(model.state_dict()["trained_on"]) == 10


@points(0.5)
def test_device(student):
    """The batches are not on the model's device yet: move both x and y to `device`, in training
    and in validation, and use the moved tensors."""
    train, val = data(10, 341), data(7, 342, validation=True)
    _, model = run(student, start(6), SGD, train, val, 2, far=True)
    assert {validation for validation, *_ in model.log} == {True, False}
