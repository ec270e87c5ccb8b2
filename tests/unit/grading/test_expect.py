"""What hidden tests compare with: a gradient must be the slope of its loss in every direction."""

import numpy as np
import pytest
import torch

from autograder.testing import expect

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(8, 3)), RNG.normal(size=8)
BETA = RNG.normal(size=3)


def loss(beta):
    return np.mean((X @ beta - Y) ** 2)


def gradient(beta):
    return 2 / len(Y) * X.T @ (X @ beta - Y)


@pytest.mark.parametrize("kind", [np.asarray, torch.as_tensor, list])
def test_the_gradient_is_accepted_in_any_form(kind):
    expect.gradients(kind(gradient(BETA)), loss, BETA)


def test_a_matrix_of_parameters_and_a_loss_that_is_not_quadratic():
    at = RNG.normal(size=(2, 4))
    expect.gradients(np.cos(at) - np.exp(at), lambda w: np.sum(np.sin(w) - np.exp(w)), at)


def test_zero_at_the_minimum():
    best = np.linalg.lstsq(X, Y, rcond=None)[0]
    expect.gradients(np.zeros(3), loss, best)


def test_large_parameters_are_no_reason_for_a_refusal():
    expect.gradients(gradient(1e4 * BETA), loss, 1e4 * BETA)


WRONG = {
    "twice": lambda g: 2 * g,
    "half": lambda g: g / 2,
    "sign": lambda g: -g,
    "zero": lambda g: 0 * g,
    "one coordinate": lambda g: g * np.array([1.0, 1.0, 1.001]),
    "another order": lambda g: g[::-1],
    "nan": lambda g: g * np.nan,
    "a column": lambda g: g[:, None],
    "a sum": lambda g: g.sum(),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_gradient_is_refused(how):
    with pytest.raises(AssertionError):
        expect.gradients(WRONG[how](gradient(BETA)), loss, BETA)
