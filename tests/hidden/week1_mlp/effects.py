"""Do a student's model's parameters decide its output, or does something else?"""

import numpy as np

from autograder.testing import expect, inert_parameters, remote

# Runs in the student's kernel.
EFFECTS = """
import torch

def spread(output):
    "How much the output differs between examples."
    return float(output.double().std(dim=0).max())

def effects(model, x):
    "(the same twice?, spread, spread with all parameters at 0, which they keep)"
    model.eval()
    with torch.no_grad():
        output, again = model(x), model(x)
        for parameter in model.parameters():
            parameter.zero_()
        return torch.equal(output, again), spread(output), spread(model(x))
"""


def assert_parameters_decide(student, model, x):
    """Each parameter has an effect on the output, and without them the input has none.

    `x` is a handle to inputs (n, d). Afterwards all parameters are 0. A constant, a formula, or
    random numbers beside parameters of the right size fail.
    """
    assert inert_parameters(student, model, x) == []
    same, as_made, without_parameters = remote.define(student, EFFECTS, "effects")(model, x)
    assert same, "the same input gives two outputs"
    assert as_made > 0, "the output does not depend on the input"
    assert without_parameters == 0, "the output depends on more than the parameters"


def assert_random_start(student, model, other, x):
    """Two new models give different outputs, and one gives the same output twice.

    `x` is a tensor (n, d). A formula without parameters that were drawn at random fails.
    """
    held = remote.put(student, x, student.device)
    first, again, theirs = (expect.array(each(held)) for each in (model, model, other))
    assert np.array_equal(first, again), "the same input gives two outputs"
    assert not np.array_equal(first, theirs), "the output does not depend on random parameters"
