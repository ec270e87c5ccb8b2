"""count_parameters(input_dim, hidden_dim, output_dim): the weights and biases of the MLP."""

from autograder.testing import expect, points


def whole_number(value):
    counted = expect.array(value, shape=())
    assert counted.dtype.kind in "iu", f"{value!r} is no whole number"
    return int(counted)


@points(1)
def test_worked_case(student):
    """Count again for 2 inputs, 3 hidden units and 1 output, as in Figure 7: one weight per
    arrow, and one bias per hidden unit and per output. Count for the sizes that are passed in.
    Return an int; printing it is not enough."""
    for sizes, expected in {(2, 3, 1): 13, (1, 2, 1): 7}.items():
        assert whole_number(student.count_parameters(*sizes)) == expected


@points(1)
def test_other_sizes(student):
    """Your count is wrong for other sizes. Each layer has one weight per pair of an input and an
    output, and one bias per output. Is the number of outputs in your formula for both layers?"""
    for sizes, expected in {(1, 1, 1): 4, (5, 7, 3): 66, (784, 100, 10): 79510}.items():
        assert whole_number(student.count_parameters(*sizes)) == expected
