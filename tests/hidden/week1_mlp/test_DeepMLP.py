"""class DeepMLP(input_dim, hidden_dims, output_dim): (n, input_dim) -> (n, output_dim)."""

from itertools import pairwise

import numpy as np
import torch
from week1_mlp.effects import assert_parameters_decide, assert_random_start

from autograder.testing import expect, points, remote

BUILDS_ON = ("MLP",)
# In each network no two parameters have the same number of entries, which tells them apart.
SIZES = ((3, (7, 5), 2), (4, (6,), 2), (2, (9, 7, 8), 6))

HELPERS = """
import torch

def parameters(model):
    return [p.detach().clone() for p in model.parameters()]

def gradients(model, x, cotangent):
    if not isinstance(model, torch.nn.Module):
        raise TypeError("not an nn.Module")
    model.zero_grad()
    model(x).backward(cotangent)
    return [torch.zeros_like(p) if p.grad is None else p.grad for p in model.parameters()]

def in_double(model, x):
    return model.double()(x)

def keeps_widths(make):
    widths = [4, 3]
    make(2, widths, 1)
    return widths == [4, 3]
"""


def helper(student, name):
    return remote.define(student, HELPERS, name)


def inputs(n, d, seed, scale=1.0):
    return scale * torch.randn(n, d, generator=torch.Generator().manual_seed(seed))


def place(student, *tensors):
    """The tensors on the notebook's device, as handles."""
    return [remote.put(student, tensor, student.device) for tensor in tensors]


def make(student, d, widths, o):
    return student.DeepMLP(d, widths, o).to(student.device)


def pairs(d, widths, o):
    """(inputs, outputs) of each linear layer."""
    sizes = (d, *widths, o)
    return list(pairwise(sizes))


def forward(parameters, x, d, widths, o):
    """What the layers compute, with the parameters found by their sizes; None if they have others.

    Weights may be stored as (outputs, inputs), as in nn.Linear, or the other way round.
    """
    layers = pairs(d, widths, o)
    by_size = {p.numel(): p.double() for p in parameters}
    if sorted(p.numel() for p in parameters) != sorted(n for a, b in layers for n in (a * b, b)):
        return None
    h = x.double()
    for number, (n_in, n_out) in enumerate(layers):
        weight = by_size[n_in * n_out]
        if tuple(weight.shape) not in ((n_out, n_in), (n_in, n_out)):
            return None
        weight = weight if tuple(weight.shape) == (n_out, n_in) else weight.T
        h = h @ weight.T + by_size[n_out].reshape(-1)
        h = torch.relu(h) if number < len(layers) - 1 else h
    return h


@points(0.5, form=True)
def test_shape(student):
    """(n, input_dim) goes in and (n, output_dim) comes out, for any number of hidden layers and
    also for a single example. The widths may be a list or a tuple, and the caller's list stays
    as it was: do not append to it or pop from it."""
    for d, widths, o in (*SIZES, (4, (6, 3), 1)):
        for kind in (list, tuple):
            model = make(student, d, kind(widths), o)
            for n in (1, 7):
                output = expect.array(model(*place(student, inputs(n, d, seed=n))), shape=(n, o))
                assert output.dtype == np.float32
    assert helper(student, "keeps_widths")(student.DeepMLP)


@points(0.5)
def test_number_of_parameters(student):
    """PyTorch does not find all layers, or finds too many. Layers in a plain Python list are not
    found: use nn.ModuleList, or nn.Sequential. There is one linear layer per hidden width and
    one for the output, each with a bias, and the model has no other parameters. The output is
    made with all of them."""
    for d, widths, o in SIZES:
        model = make(student, d, widths, o)
        found = helper(student, "parameters")(model)
        expected = sum((n_in + 1) * n_out for n_in, n_out in pairs(d, widths, o))
        assert sum(p.numel() for p in found) == expected
    assert_parameters_decide(student, model, *place(student, inputs(64, d, 119, scale=3.0)))


@points(1)
def test_relu_after_each_hidden_layer(student):
    """A ReLU follows every hidden layer, the last hidden layer too, and none follows the output
    layer, which can be negative. Is one missing, or one too many? Are the layers applied in
    order, from the first width to the last, each to the output of the one before?"""
    for seed, (d, widths, o) in enumerate(SIZES):
        model = make(student, d, widths, o)
        x = inputs(200, d, 110 + seed, scale=3.0)
        (held,) = place(student, x)
        output = expect.array(model(held), shape=(200, o))
        expect.equal(remote.value(held), x)
        expected = forward(helper(student, "parameters")(model), x, d, widths, o)
        if expected is not None:
            expect.close(output, expected, rtol=1e-4, atol=1e-5)
        else:  # parameters laid out in another way: look at what the function does
            assert_random_start(student, model, make(student, d, widths, o), x)
            assert_piecewise_linear(student, model, d)


def assert_piecewise_linear(student, model, d):
    """Along a line: straight pieces, at least one kink, values of both signs."""
    lowest, highest, kinks = 0.0, 0.0, 0
    for seed in range(6):
        start, along = inputs(2, d, 120 + seed).double()
        line = start + torch.linspace(-40, 40, 4001, dtype=torch.float64)[:, None] * along
        values = expect.array(helper(student, "in_double")(model, *place(student, line)))
        bends = np.abs(np.diff(values, 2, axis=0)).max(axis=1) > 1e-8
        assert bends.mean() < 0.1, "not made of straight pieces"
        kinks += int(bends.sum())
        lowest, highest = min(lowest, float(values.min())), max(highest, float(values.max()))
    assert kinks > 0, "a straight line"
    assert lowest < 0 < highest, "values of one sign"


@points(0.5)
def test_no_hidden_layer(student):
    """With an empty hidden_dims, the model must be one linear layer with a bias and without a
    ReLU. Does your code expect at least one hidden layer, or put a ReLU after the only layer?"""
    for empty in ((), []):
        model = make(student, 3, empty, 4)
        a, b = inputs(2, 3 * 20, 130, scale=2.0).reshape(2, 20, 3)
        outputs = [
            expect.array(model(*place(student, x)), shape=(20, 4)) for x in (a, b, a + b, 0 * a)
        ]
        expect.close(outputs[2] + outputs[3], outputs[0] + outputs[1], rtol=1e-4, atol=1e-5)
        found = helper(student, "parameters")(model)
        assert sum(p.numel() for p in found) == 3 * 4 + 4
        assert np.abs(outputs[0] - outputs[3]).max() > 0
    assert_parameters_decide(student, model, *place(student, a))


@points(0.5)
def test_gradients_reach_every_parameter(student):
    """A backward pass gives every weight and bias a gradient that is not zero. If one has none,
    it is not used in forward, or something cuts the graph: detach, .data, numpy or no_grad."""
    model = make(student, 4, (16, 9, 12), 3)
    x, cotangent = inputs(64, 4, 141, scale=3.0), inputs(64, 3, 142)
    gradients = helper(student, "gradients")(model, *place(student, x, cotangent))
    assert gradients, "no parameters"
    for gradient in gradients:
        assert float(gradient.abs().max()) > 0
    assert_parameters_decide(student, model, *place(student, x))
