"""filter_pwm(conv, onehots, threshold=0.0): base frequencies of the windows that a filter likes."""

import numpy as np
import torch
from week2_dna_cnn.helpers import one_hot, random_words

from autograder.testing import expect, points, remote

BUILDS_ON = ("pwm_scan", "pwm_to_conv")

CONV = """
import torch

def make(weight, bias, device):
    conv = torch.nn.Conv1d(4, weight.shape[0], weight.shape[2])
    with torch.no_grad():
        conv.weight.copy_(weight)
        conv.bias.copy_(bias)
    return conv.to(device)

def weights(conv):
    return conv.weight, conv.bias
"""


def make(student, weight, bias):
    return remote.define(student, CONV, "make")(weight, bias, student.device)


def frequencies(weight, bias, onehots, threshold):
    """The definition, window by window. Numbers that are exact in any order of summation."""
    n_filters, _, k = weight.shape
    w, x = weight.double().numpy(), onehots.double().numpy()
    found = np.zeros((n_filters, k, 4))
    for f in range(n_filters):
        windows = [word[s : s + k] for word in x for s in range(x.shape[1] - k + 1)]
        liked = [v for v in windows if np.sum(v * w[f].T) + float(bias[f]) > threshold]
        if liked:
            found[f] = np.mean(liked, axis=0)
    return found


@points(1)
def test_shape_and_empty_filters(student):
    """Return one (k, 4) matrix per filter: shape (F, k, 4). A filter whose output is nowhere above
    the threshold gives zeros, not nan (0 divided by 0). The threshold is 0 unless the caller passes
    another one."""
    weight, bias = torch.full((3, 4, 2), 0.125), torch.zeros(3)
    weight[1:] *= -1.0  # outputs of a quarter, and of minus a quarter
    for words in (["ACGTA"], ["ACG", "TTT"], ["GC"]):
        onehots = torch.stack([one_hot(word) for word in words])
        conv, held = make(student, weight, bias), remote.put(student, onehots, student.device)
        found = expect.array(student.filter_pwm(conv, held), shape=(3, 2, 4))
        expect.close(found, frequencies(weight, bias, onehots, 0.0), rtol=1e-5)


@points(2)
def test_worked_case(student):
    """Slide the filter over every sequence, and keep the windows at which the layer's output, its
    bias included, is above the threshold (equal is not above). Count how often each base occurs at
    each place of these windows. Divide by the number of windows kept, so that each row sums to
    1."""
    weight = torch.zeros(2, 4, 2)
    weight[0, :, 0] = torch.tensor([3.0, 0.0, 0.0, 0.0])  # likes A, and then T
    weight[0, 3, 1] = 2.0
    weight[1, 2, :] = 1.0  # counts G
    bias = torch.tensor([-1.0, 0.0])
    onehots = torch.stack([one_hot("ATCTG"), one_hot("GGAGA")])
    conv, held = make(student, weight, bias), remote.put(student, onehots, student.device)
    found = student.filter_pwm(conv, held, 1.0)
    second = [[0, 0, 1, 0], [0, 0, 1, 0]]
    first = [[1.0, 0, 0, 0], [0, 0, 0.5, 0.5]]
    expect.close(found, [first, second], rtol=1e-5)


@points(1)
def test_many_filters_and_sequences(student):
    """Every filter has its own windows and its own number of them. Look at all sequences and all
    starts, the last included; one sequence can give several windows. Thresholds of either sign
    work, and the layer and the sequences stay unchanged."""
    rng = np.random.default_rng(24)
    # Outputs are eighths, and thresholds lie between them.
    cases = ((4, 3, 9, 0.3125), (3, 5, 12, -0.4375), (2, 6, 6, 0.0625))
    for n_filters, k, length, threshold in cases:
        weight = torch.as_tensor(rng.integers(-8, 9, size=(n_filters, 4, k)) / 8).float()
        bias = torch.as_tensor(rng.integers(-4, 5, size=n_filters) / 8).float()
        onehots = torch.stack([one_hot(w) for w in random_words(25 + k, [length] * 30)])
        conv, held = make(student, weight, bias), remote.put(student, onehots, student.device)
        expected = frequencies(weight, bias, onehots, threshold)
        expect.close(student.filter_pwm(conv, held, threshold), expected, rtol=1e-5, atol=1e-6)
        named = student.filter_pwm(conv, held, threshold=threshold)
        expect.close(named, expected, rtol=1e-5, atol=1e-6)
        expect.equal(remote.value(held), onehots)
        for now, before in zip(
            remote.define(student, CONV, "weights")(conv), (weight, bias), strict=True
        ):
            expect.close(now, before, rtol=0)
