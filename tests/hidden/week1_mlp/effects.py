"""Do a student's model's parameters decide its output, or does something else?"""

import numpy as np

from autograder.testing import expect, remote

# Runs in the student's kernel.
EFFECTS = """
import torch

def output(model, x):
    torch.manual_seed(0)  # the same dropout, and the same layers where a call makes new ones
    return model(x)

def input_matters(model, x):
    "Whether other inputs give another output: as it is, and with all parameters at 0, as they stay"
    other = x.flip(0)
    with torch.no_grad():
        as_made = not torch.equal(output(model, x), output(model, other))
        for parameter in model.parameters():
            parameter.zero_()
        return as_made, not torch.equal(output(model, x), output(model, other))
"""


def assert_parameters_decide(student, model, x):
    """The input has an effect on the output, and none when all parameters are 0.

    `x` is a handle to inputs (n, d). Afterwards all parameters are 0. A constant, a formula, or
    random numbers beside parameters of the right size fail.
    """
    as_made, without_parameters = remote.define(student, EFFECTS, "input_matters")(model, x)
    assert as_made, "the output does not depend on the input"
    assert not without_parameters, "the output depends on the input without parameters, or is nan"


def assert_random_start(student, model, other, x):
    """Two new models are two functions of x, and one gives the same output twice.

    `x` is a tensor (n, d). A formula, with or without a random constant added, fails.
    """
    held = remote.put(student, x, student.device)
    first, again, theirs = (expect.array(each(held)) for each in (model, model, other))
    assert np.array_equal(first, again), "the same input gives two outputs"
    apart = np.std(first - theirs, axis=0).max()
    assert apart > 1e-3 * np.std(first, axis=0).max(), "random parameters have no effect"
