"""build_optimizer(model, config): SGD or Adam at the configuration's rate, over all parameters."""

import numpy as np

from autograder import expect
from autograder.suite import points

TRY = """
import torch

def attempt(build_optimizer, config, device):
    torch.manual_seed(31)
    model = torch.nn.Sequential(torch.nn.Conv1d(4, 3, 5), torch.nn.ReLU(), torch.nn.Conv1d(3, 1, 1))
    model = model.double().to(device)
    before = [p.detach().clone() for p in model.parameters()]
    optimizer = build_optimizer(model, config)
    for n, p in enumerate(model.parameters()):
        p.grad = torch.full_like(p, 0.5 + n)
    kinds = [kind.__name__ for kind in type(optimizer).__mro__]
    first = None
    for _ in range(2):
        optimizer.step()
        moves = [(p.detach() - b).flatten() for p, b in zip(model.parameters(), before)]
        first = moves if first is None else first
    groups = optimizer.param_groups
    names = ("momentum", "weight_decay")
    extras = [float(group.get(name, 0)) for group in groups for name in names]
    return kinds, [float(group["lr"]) for group in groups], first, moves, extras
"""


def attempt(student, optimizer, rate):
    config = {"optimizer": optimizer, "learning_rate": rate, "batch_size": 8, "num_filters": 3}
    return student.define(TRY, "attempt")(student.build_optimizer, config, student.device)


@points(1)
def test_kind(student):
    """The optimizer is of the kind that config["optimizer"] names: SGD or Adam, spelled so."""
    for name, other in (("SGD", "Adam"), ("Adam", "SGD")):
        kinds = attempt(student, name, 0.01)[0]
        assert name in kinds and other not in kinds, kinds


@points(1)
def test_rate(student):
    """Its learning rate is config["learning_rate"], whatever that is."""
    for name in ("SGD", "Adam"):
        for rate in (0.0173, 0.4):
            assert all(abs(found - rate) < 1e-12 for found in attempt(student, name, rate)[1])


@points(1)
def test_moves_every_parameter(student):
    """A step moves all of the model's parameters, weights and biases of all layers, and by the
    plain rule: no momentum, no weight decay, nothing but the kind and the rate changed."""
    _, _, first, second, _ = attempt(student, "SGD", 0.125)
    for n, (one, two) in enumerate(zip(first, second, strict=True)):
        expected = np.full(len(one), -0.125 * (0.5 + n))
        expect.close(one, expected, rtol=1e-9)
        expect.close(two, 2 * expected, rtol=1e-9)
    _, _, first, _, extras = attempt(student, "Adam", 0.125)
    for one in first:  # Adam's first step is the rate, but for its epsilon of 1e-8
        expect.close(one, np.full(len(one), -0.125), rtol=1e-6)
    assert not any(extras), f"momentum and weight decay: {extras}"
