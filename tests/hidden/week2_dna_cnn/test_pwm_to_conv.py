"""pwm_to_conv(pwm): (k, 4) -> nn.Conv1d(4, 1, k, bias=False) that scans with it."""

import numpy as np
import torch
from week2_dna_cnn.helpers import normal, one_hot, scan

from autograder.testing import expect, points, remote

BUILDS_ON = ("pwm_scan",)

CONV = """
import torch

def form(conv):
    if not isinstance(conv, torch.nn.Conv1d):
        return type(conv).__name__
    return {
        "weight": tuple(conv.weight.shape), "bias": conv.bias is not None,
        "stride": conv.stride, "padding": conv.padding, "dilation": conv.dilation,
    }

def scores(conv, onehot):
    "(L, 4) -> (1, 1, L - k + 1), on the CPU."
    with torch.no_grad():
        return conv.to("cpu")(onehot.T.unsqueeze(0))
"""


def scores(student, conv, onehot):
    return remote.define(student, CONV, "scores")(conv, onehot)


@points(1, form=True)
def test_form(student):
    """Return an nn.Conv1d layer with 4 input channels (the bases), 1 output channel, a kernel as
    wide as the PWM, no bias and no padding. Its weight keeps nn.Conv1d's shape, (1, 4, k)."""
    for k in (1, 4, 7):
        form = remote.define(student, CONV, "form")(student.pwm_to_conv(normal(k, k, 4)))
        assert type(form) is dict, form
        assert form["weight"] == (1, 4, k)
        assert not form["bias"], "has a bias"
        assert form["stride"] == form["dilation"] == (1,)
        assert form["padding"] in ((0,), "valid")


@points(1)
def test_worked_case(student):
    """The layer's weights are not the PWM's. Copy the PWM's transpose into the layer's weight.
    nn.Conv1d does not flip its filter, so do not flip the PWM either."""
    pwm = torch.tensor([[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]])
    conv = student.pwm_to_conv(pwm)
    expect.close(scores(student, conv, one_hot("ACGTA")), [[[21.0, 32.0, 43.0, 14.0]]], rtol=1e-5)


@points(1)
def test_equals_the_scan(student):
    """The layer's output equals the PWM's score at every start, for PWMs of any width, also for
    width 4, where a transpose and a reshape give the same shape but not the same filter."""
    for seed, (length, k) in enumerate(((20, 3), (11, 4), (9, 9), (15, 1), (30, 8))):
        pwm, onehot = normal(60 + seed, k, 4), normal(70 + seed, length, 4)
        found = scores(student, student.pwm_to_conv(pwm), onehot)
        # sums of up to 36 products of order one, in float32
        expect.close(found, scan(onehot, pwm)[None, None], rtol=1e-5, atol=2e-5)


@points(1)
def test_every_call_makes_its_own_layer(student):
    """Two PWMs give two layers, each with its own weights, and the PWMs stay unchanged. The same
    PWM gives the same weights each time: they come from the PWM, not from chance."""
    first, second, onehot = normal(81, 5, 4), normal(82, 5, 4), normal(83, 12, 4)
    held = remote.put(student, first)
    conv = student.pwm_to_conv(held)
    before = expect.array(scores(student, conv, onehot))
    other = expect.array(scores(student, student.pwm_to_conv(second), onehot))
    again = scores(student, student.pwm_to_conv(first), onehot)
    for found in (scores(student, conv, onehot), again):
        expect.close(found, before, rtol=1e-6, atol=1e-6)
    assert np.abs(other - before).max() > 0.1, "the same scores for two PWMs"
    expect.equal(remote.value(held), first)
