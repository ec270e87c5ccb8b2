"""class MLP(input_dim, hidden_dim, output_dim): (n, input_dim) -> (n, output_dim)."""

import numpy as np
import torch
from week1_mlp.effects import assert_parameters_decide, assert_random_start

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


@points(0.5, form=True)
def test_shape(student):
    """The output has the wrong shape or dtype. (n, input_dim) goes in and (n, output_dim) comes
    out, also for a single example. With one output the shape is (n, 1): do not squeeze it. The
    output stays float32."""
    for d, h, o in ((3, 5, 2), (4, 6, 1)):
        model = on_device(student, student.MLP(d, h, o))
        for n in (1, 7):
            output = expect.array(model(*place(student, inputs(n, d, seed=n))), shape=(n, o))
            assert output.dtype == np.float32


@points(1)
def test_number_of_parameters(student):
    """PyTorch does not find all parameters, or finds too many. Store both layers as attributes
    of self in __init__: layers in a plain Python list, or created in forward, are not found.
    There are two linear layers, each with a bias, and nothing else that trains. The output is
    made with all of them."""
    for d, h, o in ((4, 7, 1), (3, 5, 2)):
        model = on_device(student, student.MLP(d, h, o))
        found = remote.define(student, GRADIENTS, "parameters")(model)
        assert sum(p.numel() for p in found) == (d + 1) * h + (h + 1) * o
    assert_parameters_decide(student, model, *place(student, inputs(64, d, 71, scale=3.0)))


@points(1.5)
def test_computes_two_layers_with_relu_between(student):
    """Look at the ReLU: there is exactly one, between the two layers. Without it the network is
    a straight line. With one after the second layer, the output can never be negative. The
    output is W2 relu(W1 x + b1) + b2."""
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
            assert_random_start(student, model, on_device(student, student.MLP(d, h, o)), x)
            assert_piecewise_linear(student, model, d, h)


def assert_piecewise_linear(student, model, d, h):
    """Along a line: straight pieces, 1 to h kinks (one per hidden unit), and negative values."""
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


@points(0.5)
def test_gradients_reach_every_parameter(student):
    """Some weight or bias gets no gradient in a backward pass. Either forward does not use it,
    or something in forward cuts the graph: detach, .data, numpy or no_grad."""
    model = on_device(student, student.MLP(3, 6, 2))
    x, cotangent = inputs(64, 3, 81, scale=3.0), inputs(64, 2, 82)
    gradients = remote.define(student, GRADIENTS, "gradients")(model, *place(student, x, cotangent))
    assert gradients, "no parameters"
    for gradient in gradients:
        assert float(gradient.abs().max()) > 0
    assert_parameters_decide(student, model, *place(student, x))


@points(0.5)
def test_each_example_on_its_own(student):
    """The output for an example must depend on that example only. Remove dropout, normalization
    over the batch, and layers that are created in forward. Calling the model twice gives the
    same output, and the input tensor is not changed."""
    model = on_device(student, student.MLP(4, 8, 3))
    x = inputs(9, 4, 91)
    (held,) = place(student, x)
    together = expect.array(model(held), shape=(9, 3))
    expect.close(model(held), together, rtol=1e-6, atol=1e-7)
    for i in (0, 4):
        alone = expect.array(model(*place(student, x[i : i + 1])), shape=(1, 3))
        expect.close(alone[0], together[i], rtol=1e-4, atol=1e-6)
    expect.equal(remote.value(held), x)
    assert_random_start(student, model, on_device(student, student.MLP(4, 8, 3)), x)
