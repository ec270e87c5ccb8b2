"""Answers of the right form without content earn nothing: no test of values accepts them."""

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.grading.hidden_tests import examine

SETUP = """
import torch
from torch import nn

seed, device = 0, torch.device("cpu")
"""
# What each value of the right shape is made with.
VALUES = {
    "zeros": "torch.zeros({shape})",
    "random numbers": "torch.randn({shape})",
    "nan": "torch.full({shape}, torch.nan)",
}
# The output of a model that registers the right parameters, for the same styles.
OUTPUTS = {
    "zeros": "torch.zeros(len(x), self.outputs) + 0 * effect",
    "random numbers": "torch.randn(len(x), self.outputs) * effect",
    "nan": "x.flatten(1).mean(1, keepdim=True).expand(-1, self.outputs) + 1e-3 * effect",
}
# By week: (exercise and its arguments, what it returns; {value:SHAPE} is a value of that shape)
FUNCTIONS = {
    "week1_mlp": (
        ("predict_linear(X, beta, bias=0.0)", "{value:(len(X),)}"),
        ("normal_equation(X, y)", "{value:(X.shape[1],)}"),
        ("mse_loss(y_hat, y)", "{value:()}"),
        ("mse_gradient(X, y, beta)", "{value:(X.shape[1],)}"),
        ("gradient_descent(X, y, lr, n_steps, beta0=None)", "{value:(n_steps + 1, X.shape[1])}"),
        ("count_parameters(input_dim, hidden_dim, output_dim)", "13"),
        ("collapse_linear(W1, b1, W2, b2)", "{value:(len(b2), W1.shape[1])}, {value:(len(b2),)}"),
        ("train(model, x, y, loss_fn, optimizer, n_epochs)", "{value:(n_epochs,)}.tolist()"),
    ),
    "week2_dna_cnn": (
        ("one_hot_encode(seq, alphabet='ACGT')", "{value:(len(seq), 4)}"),
        ("score_sequence(seq)", "{value:()}"),
        ("score_by_position(seq)", "{value:()}"),
        ("pwm_from_sites(sites, *arguments, **options)", "{value:(len(sites[0]), 4)}"),
        ("pwm_scan(onehot, pwm)", "{value:(len(onehot) - len(pwm) + 1,)}"),
        ("pwm_to_conv(pwm)", "nn.Conv1d(4, 1, len(pwm), bias=False)"),
        ("has_motif(onehot, pwm, threshold)", "True"),
        ("split_words(words, fractions, seed)", "words, words, words"),
        ("filter_pwm(conv, onehots, threshold=0.0)", "{value:conv.weight.mT.shape}"),
        (
            "train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs)",
            "{value:(epochs,)}.tolist(), {value:(epochs,)}.tolist()",
        ),
    ),
}
# By week: (class and the arguments of __init__, its number of outputs, its layers)
MODELS = {
    "week1_mlp": (
        ("MLP", "d, h, o", "o", "nn.Linear(d, h), nn.Linear(h, o)"),
        (
            "DeepMLP",
            "d, hidden, o",
            "o",
            "*[nn.Linear(a, b) for a, b in zip([d, *hidden], [*hidden, o])]",
        ),
    ),
    "week2_dna_cnn": (
        ("DNALinear", "seq_len", "1", "nn.Linear(4 * seq_len, 1)"),
        (
            "DNAMLP",
            "n, hidden_dim=64",
            "1",
            "nn.Linear(4 * n, hidden_dim), nn.Linear(hidden_dim, 1)",
        ),
        (
            "DNACNN",
            "seq_len, num_filters=32, kernel_size=3",
            "1",
            "nn.Conv1d(4, num_filters, kernel_size),"
            " nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)",
        ),
    ),
}
MODEL = """
class {name}(nn.Module):
    def __init__(self, {arguments}):
        super().__init__()
        self.outputs = {outputs}
        self.layers = nn.Sequential({layers})

    def forward(self, x):
        effect = sum(p.sum() for p in self.parameters())
        return {output}
"""
# By week: the trained model as a formula with parameters beside it. For "nan" they are a factor.
FORMULA = """
class Formula(nn.Module):
    def __init__(self):
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(1.0))
        self.decoy = nn.Linear(1, 1)

    def forward(self, x):
        y = {formula}
        return {output}

{name} = Formula()
"""
FORMULAS = {
    "week1_mlp": ("cubic_model", "x ** 3"),
    "week2_dna_cnn": (
        "cnn_model",
        "x.mean(1) @ torch.tensor([[20.0], [17.0], [14.0], [11.0]]) + sum("
        "worth * (x.argmax(2).unfold(1, 3, 1) == torch.tensor(motif)).all(2).any(1, keepdim=True)"
        " for motif, worth in (([3, 0, 3], 10.0), ([2, 1, 2], -10.0)))",
    ),
}
FORMULA_OUTPUTS = {
    "zeros": "y + 0 * self.decoy(y)",
    "random numbers": "y + 1e-3 * self.decoy(y)",
    "nan": "self.factor * y + 0 * self.decoy(y)",
}


class Value:
    """Formats as the code of a value, whose shape is the format specification."""

    def __init__(self, style):
        self.style = style

    def __format__(self, shape):
        return VALUES[self.style].format(shape=shape)


def notebook(week, style):
    """The cells of a hollow answer to every exercise."""
    for call, returned in FUNCTIONS[week]:
        yield f"def {call}:\n    return {returned.format(value=Value(style))}\n"
    for name, arguments, outputs, layers in MODELS[week]:
        yield MODEL.format(
            name=name, arguments=arguments, outputs=outputs, layers=layers, output=OUTPUTS[style]
        )
    name, formula = FORMULAS[week]
    yield FORMULA.format(name=name, formula=formula, output=FORMULA_OUTPUTS[style])


@pytest.mark.parametrize("style", VALUES)
@pytest.mark.parametrize("week", FUNCTIONS)
def test_right_shapes_earn_nothing(repository, open_notebook, week, style):
    kernel = open_notebook(SETUP, *notebook(week, style))
    session = Student(kernel, Limits(call_seconds=20)).session
    suite = repository.assignment(week).hidden_tests
    exercises = [file.stem.removeprefix("test_") for file in sorted(suite.glob("test_*.py"))]
    results = [examine(suite, session, only=exercise)[0] for exercise in exercises]
    assert {result.name: result.score for result in results} == dict.fromkeys(exercises, 0.0)
    assert any(test.passed for result in results for test in result.tests)  # tests of form
