"""class DNAMLP(seq_len, hidden_dim=64): (n, L, 4) -> (n, 1): flatten, linear, ReLU, linear."""

from week2_dna_cnn.models import Models

from autograder.testing import points


@points(0.5)
def test_shape_and_parameters(student):
    """An input (n, seq_len, 4) gives an output (n, 1), also for a single example. The two layers
    have the sizes that seq_len and hidden_dim ask for, 64 hidden units by default, both with bias.
    Store both as attributes of self, so that the module knows their parameters."""
    models = Models(student, "DNAMLP")
    models.check_shapes([(8,), (5, 7), (11, 20)])
    for args, hidden in (((8,), 64), ((5, 7), 7), ((11, 20), 20)):
        expected = 4 * args[0] * hidden + hidden + hidden + 1
        assert sum(models.ask("sizes", models.make(*args))) == expected
    assert sum(models.ask("sizes", models.make(6, hidden_dim=3))) == 72 + 3 + 3 + 1
    models.check_parameters_decide(11, 20)


@points(0.5)
def test_relu_between_the_layers(student):
    """Apply one ReLU between the two linear layers, and nothing after the second: without the ReLU
    the network is the linear model again. Every parameter takes part, gets a gradient and moves
    with the module, and an example's output does not depend on the others in its batch."""
    models = Models(student, "DNAMLP")
    models.check_relu_between(4 * 6 * 9, 6, 9)
    models.check_nothing_added(6, 9)
    models.check_gradients(6, 9)
    models.check_all_of_it_is_known(6, 9)
    models.check_examples_alone(6, 9)
