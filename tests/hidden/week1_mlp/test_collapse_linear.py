"""collapse_linear(W1, b1, W2, b2): the one linear layer that equals two."""

import torch

from autograder.testing import expect, points, remote


def layers(d, h, o, seed):
    generator = torch.Generator().manual_seed(seed)
    shapes = ((h, d), (h,), (o, h), (o,))
    return [torch.randn(shape, generator=generator) for shape in shapes]


PLAIN = """
def plain(returned):
    return tuple(returned) if isinstance(returned, tuple) else returned
"""


def pair(student, returned):
    if type(returned) not in (tuple, list):  # a named tuple is a pair, too
        returned = remote.define(student, PLAIN, "plain")(returned)
    assert type(returned) in (tuple, list) and len(returned) == 2, "not a pair (W, b)"
    return returned


@points(1, form=True)
def test_shapes(student):
    """Return two tensors (W, b) with the shapes of nn.Linear: W is (o, d) and b is (o,), for
    every h."""
    for d, h, o in ((4, 3, 2), (2, 5, 3), (1, 4, 1)):
        weight, bias = pair(student, student.collapse_linear(*layers(d, h, o, seed=d)))
        expect.array(weight, shape=(o, d))
        expect.array(bias, shape=(o,))


@points(1)
def test_worked_case(student):
    """Check the bias first: the first layer's bias b1 is multiplied by the second layer's
    weights. Expand W2 (W1 x + b1) + b2. The factor of x is W, and the rest is b."""
    w1, b1 = torch.tensor([[1.0, 2.0], [0.0, 1.0]]), torch.tensor([1.0, -1.0])
    w2, b2 = torch.tensor([[3.0, 1.0]]), torch.tensor([5.0])
    weight, bias = pair(student, student.collapse_linear(w1, b1, w2, b2))
    expect.close(weight, [[3.0, 7.0]], rtol=1e-5)
    expect.close(bias, [7.0], rtol=1e-5)


@points(1)
def test_equals_both_layers(student):
    """Check the order of the matrix product: the first layer is applied first. For every x, the
    one layer must give the same as the two layers. The four tensors passed in are not changed."""
    given = layers(6, 9, 4, seed=51)
    held = [remote.put(student, tensor) for tensor in given]
    returned = pair(student, student.collapse_linear(*held))
    weight, bias = (torch.as_tensor(expect.array(t)) for t in returned)
    w1, b1, w2, b2 = (tensor.double() for tensor in given)
    x = torch.randn(20, 6, generator=torch.Generator().manual_seed(52)).double()
    expected = (x @ w1.T + b1) @ w2.T + b2
    # float32 products of nine terms of order one
    expect.close(x @ weight.double().T + bias.double(), expected, rtol=1e-5, atol=1e-4)
    for handle, tensor in zip(held, given, strict=True):
        expect.equal(remote.value(handle), tensor)
