"""class DNALinear(seq_len): (n, L, 4) -> (n, 1): flatten, then one linear layer."""

import numpy as np
from week2_dna_cnn.helpers import normal
from week2_dna_cnn.models import Models

from autograder.testing import points


@points(0.5)
def test_shape_and_parameters(student):
    """An input (n, seq_len, 4) gives an output (n, 1), also for a single example, for any seq_len.
    The module has one weight for each base at each position, and one bias. Flatten each example,
    not the whole batch: x.flatten(1) keeps axis 0."""
    models = Models(student, "DNALinear")
    models.check_shapes([(8,), (5,), (13,)])
    for length in (8, 5, 13):
        assert sum(models.ask("sizes", models.make(length))) == 4 * length + 1
    models.check_parameters_decide(13)


@points(0.5)
def test_linear_in_each_example(student):
    """The output is a weighted sum of the example's entries plus the bias, with no ReLU or other
    function after it. Store the layer as an attribute of self in __init__, so that the module knows
    its parameters and each gets a gradient. An example's output does not depend on the others in
    its batch."""
    models = Models(student, "DNALinear")
    model = models.make(6)
    models.ask("shake", model, 9)
    a, b = normal(91, 7, 6, 4), normal(92, 7, 6, 4)
    at_a, at_b, at_sum, at_zero = (models.output(model, x) for x in (a, b, a + b, 0 * a))
    np.testing.assert_allclose(at_a + at_b, at_sum + at_zero, rtol=1e-4, atol=1e-4)
    assert np.ptp(at_a) > 1e-3
    models.check_nothing_added(6)
    models.check_gradients(6)
    models.check_all_of_it_is_known(6)
    models.check_examples_alone(6)
