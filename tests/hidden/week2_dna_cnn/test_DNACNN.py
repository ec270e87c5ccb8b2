"""class DNACNN(seq_len, num_filters=32, kernel_size=3): (n, L, 4) -> (n, 1).

With or without padding, flattened or pooled, with nn.Conv1d or a convolution of its own.
"""

import numpy as np
from week2_dna_cnn.helpers import normal
from week2_dna_cnn.models import Models

from autograder.testing import points, remote

# What reaches the model's first convolution, however it is called.
WATCH = """
import torch
from torch.overrides import TorchFunctionMode

class Watch(TorchFunctionMode):
    def __init__(self):
        super().__init__()
        self.inputs = []

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function is torch.conv1d:
            self.inputs.append((args[0] if args else kwargs["input"]).detach().clone())
        return function(*args, **(kwargs or {}))

def first_convolved(model, x):
    with torch.no_grad(), Watch() as watch:
        model(x)
    return watch.inputs[0] if watch.inputs else None
"""


@points(1)
def test_shape_and_parameters(student):
    """An input (n, seq_len, 4) gives an output (n, 1), also for a single example, and for other
    values of seq_len, num_filters and kernel_size than the defaults (32 and 3). The convolution has
    4 * kernel_size weights per filter: four input channels, one per base."""
    models = Models(student, "DNACNN")
    models.check_shapes([(8,), (11, 5), (12, 6, 5), (13, 7, 4), (8, 3, 1)])
    for args, size in (((8,), 4 * 3 * 32), ((13, 7, 4), 4 * 4 * 7), ((11, 9, 6), 4 * 6 * 9)):
        assert size in models.ask("sizes", models.make(*args))
    named = models.make(seq_len=10, num_filters=11, kernel_size=2)
    assert 4 * 2 * 11 in models.ask("sizes", named)
    models.check_parameters_decide(12, 6, 5)


@points(1, form=True)
def test_convolves_along_the_sequence(student):
    """Conv1d needs the channels before the positions, (n, 4, L). Swap the two axes with transpose
    or permute; reshape and view give the same shape, but mix up bases and positions."""
    models = Models(student, "DNACNN")
    model = models.make(9, 5, 3)
    models.ask("evaluate", model)
    x = normal(101, 3, 9, 4)
    held = remote.put(student, x, student.device)
    convolved = remote.define(student, WATCH, "first_convolved")(model, held)
    if convolved is None:  # a convolution in other words
        assert_local(models, 20, 3)
        return
    wanted = x.numpy().transpose(0, 2, 1)
    found = np.asarray(convolved)
    assert found.ndim == 3 and found.shape[:2] == (3, 4) and found.shape[2] >= 9, found.shape
    starts = range(found.shape[2] - 9 + 1)  # zeros beside it, where the model pads by itself
    assert any(np.array_equal(found[:, :, s : s + 9], wanted) for s in starts)


def assert_local(models, length, k):
    """Only bases that a filter covers at once work together in the output: what a change at one
    position does depends on bases less than k away, and on no other."""
    model = models.make(length, 6, k)
    models.ask("shake", model, 3)
    x, change = normal(102, 40, length, 4), normal(103, 40, 4)
    middle = length // 2

    def together(other):
        one, both, second = x.clone(), x.clone(), x.clone()
        one[:, middle] += change
        second[:, other] += change.flip(0)
        both[:, middle] += change
        both[:, other] += change.flip(0)
        at = [models.output(model, inputs) for inputs in (x, one, second, both)]
        return np.abs(at[0] - at[1] - at[2] + at[3]).max()

    assert together(middle + 1) > 1e-2
    assert max(together(other) for other in (0, 3, length - 3, length - 1)) < 1e-3


@points(1)
def test_relu_after_the_convolution(student):
    """Apply a ReLU between the convolution and the linear layer, so that a filter responds only
    where its motif is, and nothing after the linear layer: the output can be negative. Without the
    ReLU the network is the linear model again."""
    models = Models(student, "DNACNN")
    models.check_relu_between(4 * 3 * 6, 10, 6, 3)


@points(1)
def test_every_parameter_and_each_example(student):
    """Every parameter takes part in the output and gets a gradient. The module knows all its
    layers (attributes of self, made in __init__), so that it moves to another device as a whole. An
    example's output does not depend on the others in its batch, and the input stays unchanged."""
    models = Models(student, "DNACNN")
    models.check_gradients(9, 5, 3)
    models.check_all_of_it_is_known(9, 5, 3)
    models.check_examples_alone(9, 5, 3, evaluate=True)
    models.check_parameters_decide(9, 5, 3)
