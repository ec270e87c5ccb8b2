"""class MLP(input_dim, hidden_dim, output_dim): (n, input_dim) -> (n, output_dim)."""

import numpy as np
import torch

from autograder.testing import expect, points, remote

GRADIENTS = """
import torch

def parameters(model):
    return [p.detach().clone() for p in model.parameters()]

def gradients(model, x, cotangent):
    if not isinstance(model, torch.nn.Module):
        raise TypeError("not an nn.Module")
    model.zero_grad()
    model(x).backward(cotangent)
    return [torch.zeros_like(p) if p.grad is None else p.grad for p in model.parameters()]

def twice_double(model, x):
    return model.double()(x)
"""


def inputs(n, d, seed, scale=1.0):
    return scale * torch.randn(n, d, generator=torch.Generator().manual_seed(seed))


def place(student, *tensors):
    """The tensors on the notebook's device, as handles."""
    return [remote.put(student, tensor, student.device) for tensor in tensors]


def on_device(student, model):
    return model.to(student.device)


def as_layers(parameters, d, h, o):
    """(W1, b1, W2, b2) as nn.Linear has them, found by their sizes; None where they are others."""
    by_size = {p.numel(): p.double() for p in parameters}
    if sorted(p.numel() for p in parameters) != sorted((d * h, h, h * o, o)):
        return None
    weights = {h * d: (h, d), o * h: (o, h)}
    found = {}
    for size, shape in weights.items():
        weight = by_size[size]
        if tuple(weight.shape) not in (shape, shape[::-1]):
            return None
        found[size] = weight if tuple(weight.shape) == shape else weight.T
    return found[h * d], by_size[h].reshape(-1), found[o * h], by_size[o].reshape(-1)


@points(1)
def test_shape(student):
    """(n, input_dim) goes in and (n, output_dim) comes out, also for a single example, and with one
    output the last axis stays: (n, 1)."""
    for d, h, o in ((3, 5, 2), (4, 6, 1)):
        model = on_device(student, student.MLP(d, h, o))
        for n in (1, 7):
            output = expect.array(model(*place(student, inputs(n, d, seed=n))), shape=(n, o))
            assert output.dtype == np.float32


@points(1)
def test_number_of_parameters(student):
    """The module knows as many trainable numbers as count_parameters says: two layers, each with
    weights and a bias, and nothing else. Layers in a plain Python list, or created anew in forward,
    are not known to the module."""
    for d, h, o in ((3, 5, 2), (4, 7, 1)):
        found = remote.define(student, GRADIENTS, "parameters")(student.MLP(d, h, o))
        assert sum(p.numel() for p in found) == (d + 1) * h + (h + 1) * o


@points(2)
def test_computes_two_layers_with_relu_between(student):
    """The output is W2 relu(W1 x + b1) + b2: one ReLU, on the hidden layer, and nothing after the
    second layer. Without it the network is a line; with one at the end it can never be negative."""
    d, h, o = 3, 11, 2
    for seed in (61, 62):
        model = on_device(student, student.MLP(d, h, o))
        x = inputs(200, d, seed, scale=3.0)
        layers = as_layers(remote.define(student, GRADIENTS, "parameters")(model), d, h, o)
        if layers is not None:
            w1, b1, w2, b2 = layers
            expected = torch.relu(x.double() @ w1.T + b1) @ w2.T + b2
            expect.close(model(*place(student, x)), expected, rtol=1e-4, atol=1e-5)
        else:  # parameters laid out in another way: look at what the function does
            assert_piecewise_linear(student, model, d, h)


def assert_piecewise_linear(student, model, d, h):
    """Along a line: straight pieces, at least one kink, at most one a hidden unit, both signs."""
    double = remote.define(student, GRADIENTS, "twice_double")
    lowest, kinks = 0.0, 0
    for seed in range(6):
        start, along = inputs(2, d, 70 + seed).double()
        line = start + torch.linspace(-40, 40, 4001, dtype=torch.float64)[:, None] * along
        values = expect.array(double(model, *place(student, line)))
        bends = np.abs(np.diff(values, 2, axis=0)).max(axis=1) > 1e-9
        starts = int(np.sum(bends & ~np.roll(bends, 1)))
        assert starts <= h and bends.sum() <= 2 * h, "not made of straight pieces"
        kinks += starts
        lowest = min(lowest, float(values.min()))
    assert kinks > 0, "a straight line"
    assert lowest < 0, "never negative"


@points(1)
def test_gradients_reach_every_parameter(student):
    """A backward pass gives every weight and every bias a gradient that is not zero. If one gets
    none, it has no part in forward, or something cuts the graph: detach, .data, numpy, no_grad."""
    model = on_device(student, student.MLP(3, 6, 2))
    x, cotangent = inputs(64, 3, 81, scale=3.0), inputs(64, 2, 82)
    gradients = remote.define(student, GRADIENTS, "gradients")(model, *place(student, x, cotangent))
    assert gradients, "no parameters"
    for gradient in gradients:
        assert float(gradient.abs().max()) > 0


@points(1)
def test_each_example_on_its_own(student):
    """What comes out for an example does not depend on the others in its batch, is the same the
    second time, and leaves the input unchanged: no dropout, no normalization over the batch."""
    model = on_device(student, student.MLP(4, 8, 3))
    x = inputs(9, 4, 91)
    (held,) = place(student, x)
    together = expect.array(model(held), shape=(9, 3))
    expect.close(model(held), together, rtol=1e-6, atol=1e-7)
    for i in (0, 4):
        alone = expect.array(model(*place(student, x[i : i + 1])), shape=(1, 3))
        expect.close(alone[0], together[i], rtol=1e-4, atol=1e-6)
    expect.equal(remote.value(held), x)
