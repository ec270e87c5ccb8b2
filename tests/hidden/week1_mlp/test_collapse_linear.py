"""collapse_linear(W1, b1, W2, b2): the one linear layer that equals two."""

import torch

from autograder.testing import expect, points, remote


def layers(d, h, o, seed):
    generator = torch.Generator().manual_seed(seed)
    shapes = ((h, d), (h,), (o, h), (o,))
    return [torch.randn(shape, generator=generator) for shape in shapes]


def pair(returned):
    assert type(returned) in (tuple, list) and len(returned) == 2, "not a pair (W, b)"
    return returned


@points(1)
def test_shapes(student):
    """Return the pair (W, b) in nn.Linear's shapes: W is (o, d), b is (o,), whatever h is."""
    for d, h, o in ((4, 3, 2), (2, 5, 3), (1, 4, 1)):
        weight, bias = pair(student.collapse_linear(*layers(d, h, o, seed=d)))
        expect.array(weight, shape=(o, d))
        expect.array(bias, shape=(o,))


@points(1)
def test_worked_case(student):
    """Write W2 (W1 x + b1) + b2 for x = 0, which gives b, then collect what multiplies x, which
    gives W. The first layer's bias passes through the second layer's weights."""
    w1, b1 = torch.tensor([[1.0, 2.0], [0.0, 1.0]]), torch.tensor([1.0, -1.0])
    w2, b2 = torch.tensor([[3.0, 1.0]]), torch.tensor([5.0])
    weight, bias = pair(student.collapse_linear(w1, b1, w2, b2))
    expect.close(weight, [[3.0, 7.0]], rtol=1e-5)
    expect.close(bias, [7.0], rtol=1e-5)


@points(1)
def test_equals_both_layers(student):
    """For any x the one layer gives what the two give after one another, and the four tensors that
    were handed in stay as they were."""
    given = layers(6, 9, 4, seed=51)
    held = [remote.put(student, tensor) for tensor in given]
    weight, bias = (torch.as_tensor(expect.array(t)) for t in pair(student.collapse_linear(*held)))
    w1, b1, w2, b2 = (tensor.double() for tensor in given)
    x = torch.randn(20, 6, generator=torch.Generator().manual_seed(52)).double()
    expected = (x @ w1.T + b1) @ w2.T + b2
    # float32 products of nine terms of order one
    expect.close(x @ weight.double().T + bias.double(), expected, rtol=1e-5, atol=1e-4)
    for handle, tensor in zip(held, given, strict=True):
        expect.equal(remote.value(handle), tensor)
