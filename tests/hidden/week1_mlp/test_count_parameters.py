"""count_parameters(input_dim, hidden_dim, output_dim): the weights and biases of the MLP."""

from autograder.testing import expect, points


def whole_number(value):
    counted = expect.array(value, shape=())
    assert counted.dtype.kind in "iu", f"{value!r} is no whole number"
    return int(counted)


@points(1)
def test_worked_case(student):
    """An MLP from 2 inputs over 3 hidden units to 1 output: draw it, count its arrows and its
    biases, one for each hidden unit and each output. Return an int."""
    assert whole_number(student.count_parameters(2, 3, 1)) == 13


@points(1)
def test_other_sizes(student):
    """Count weights and biases of both layers for any sizes: each layer has one weight for each
    pair of an input and an output, and one bias for each output."""
    for sizes, expected in {(1, 1, 1): 4, (5, 7, 3): 66, (784, 100, 10): 79510}.items():
        assert whole_number(student.count_parameters(*sizes)) == expected
