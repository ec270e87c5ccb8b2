"""in_silico_mutagenesis(model, onehot): (L, 4) -> (L, 4), what each substitution changes."""

import numpy as np
import torch
from week3a_tf_binding.helpers import one_hot, random_sequences

from autograder.testing import expect, points, remote

# Models (n, L, 4) -> (n, L) of small whole numbers: float32 computes them without rounding.
MODELS = """
import torch

class Model(torch.nn.Module):
    def __init__(self, weight, pairs=None, kind=""):
        super().__init__()
        self.weight = torch.nn.Parameter(weight)
        self.register_buffer("pairs", pairs)
        self.norm = torch.nn.BatchNorm1d(4) if kind else None
        self.dropout = torch.nn.Dropout(0.5) if kind else None

    def forward(self, x):
        if x.dim() != 3 or x.shape[1:] != self.weight.shape:
            raise RuntimeError(f"the model takes (n, L, 4), not {tuple(x.shape)}")
        x = x.to(self.weight.dtype)
        if self.norm is not None:
            x = self.dropout(self.norm(x.transpose(1, 2)).transpose(1, 2))
        y = (x * self.weight).sum(2)
        if self.pairs is not None:  # each base acts with the next one, at both of their places
            both = ((x[:, :-1, :, None] * x[:, 1:, None, :]) * self.pairs).sum((2, 3))
            y = y + torch.nn.functional.pad(both, (0, 1)) + torch.nn.functional.pad(both, (1, 0))
            y = y.relu()
        return y

def make(device, weight, pairs=None, kind=""):
    model = Model(weight, pairs, kind).to(device)
    if kind:
        with torch.no_grad():
            model.norm.running_mean += torch.tensor([0.5, 0.25, -0.5, 1.0], device=device)
            model.norm.running_var *= 4.0
            model.norm.eps = 0.0
            model.norm.weight *= torch.tensor([2.0, -2.0, 4.0, 2.0], device=device)
    return model.train() if kind else model.eval()

def buffers(model):
    return {name: value.clone() for name, value in model.named_buffers()}
"""


def whole(shape, seed):
    return torch.randint(-5, 6, shape, generator=torch.Generator().manual_seed(seed)).float()


def summed(x, weight, pairs):
    """The model's prediction for one sequence, summed over its positions."""
    both = ((x[:-1] @ pairs) * x[1:]).sum(axis=1)
    score = (x * weight).sum(axis=1)
    score[:-1] += both
    score[1:] += both
    return np.maximum(score, 0).sum()


def substitutions(x, score):
    """Every single-base substitution, one after another."""
    changes, before = np.zeros(x.shape), score(x)
    for position in range(len(x)):
        for base in range(4):
            mutated = x.copy()
            mutated[position] = np.eye(4)[base]
            changes[position, base] = score(mutated) - before
    return changes


def mutate(student, model, onehot):
    return student.in_silico_mutagenesis(model, remote.put(student, onehot, student.device))


@points(1)
def test_worked_case(student):
    """For each position and each base: write that base there, predict, and subtract the prediction
    for the original sequence (new minus old, each summed over positions). Perhaps the old base
    stays: a mutated position must have a single 1 in its row, so clear the row first. The result
    is (L, 4), with 0 at the base that is there already."""
    weight = torch.tensor([[1.0, 2.0, 4.0, -3.0], [0.0, 5.0, 1.0, 2.0], [7.0, 0.0, -1.0, 1.0]])
    model = remote.define(student, MODELS, "make")(student.device, weight)
    expected = [[-3.0, -2.0, 0.0, -7.0], [0.0, 5.0, 1.0, 2.0], [6.0, -1.0, -2.0, 0.0]]
    expect.close(mutate(student, model, one_hot(["GAT"])[0]), expected, rtol=0, atol=1e-5)


@points(1)
def test_bases_that_act_together(student):
    """Predict every mutated sequence and sum over all positions. In most models a base acts
    together with its neighbors and changes their scores, too, so the score at the mutated position
    is not enough, and a gradient is only an approximation."""
    for length, seed in ((9, 301), (300, 302), (1, 303)):
        weight, pairs = whole((length, 4), seed), whole((4, 4), seed + 50)
        model = remote.define(student, MODELS, "make")(student.device, weight, pairs)
        (onehot,) = one_hot(random_sequences(1, length, seed))
        w, p = weight.double().numpy(), pairs.double().numpy()
        x = onehot.double().numpy()
        expected = substitutions(x, lambda x, w=w, p=p: summed(x, w, p))
        expect.close(mutate(student, model, onehot), expected, rtol=0, atol=1e-3)


@points(1)
def test_evaluation_mode(student):
    """The model may arrive in training mode. Call model.eval() first: otherwise dropout makes the
    changes random, batch normalization mixes the mutants of a batch, and the model's running
    statistics change."""
    length = 8
    weight = whole((length, 4), 305)
    model = remote.define(student, MODELS, "make")(student.device, weight, None, "noisy")
    before = remote.define(student, MODELS, "buffers")(model)
    (onehot,) = one_hot(random_sequences(1, length, 306))
    # Batch normalization with variance 4 multiplies by half its weight; its offset cancels.
    scaled = weight.double().numpy() * np.array([1.0, -1.0, 2.0, 1.0])
    expected = substitutions(onehot.double().numpy(), lambda x: (x * scaled).sum())
    expect.close(mutate(student, model, onehot), expected, rtol=0, atol=1e-4)
    for name, value in remote.define(student, MODELS, "buffers")(model).items():
        expect.equal(value, before[name])


@points(1)
def test_what_goes_in(student):
    """Perhaps the mutations are written into the argument itself, or each mutant starts from the
    one before. Start every mutant from a copy of the original sequence. The model takes batches
    (n, L, 4), and any length L should work."""
    for length in (5, 23):
        weight = whole((length, 4), 310 + length)
        model = remote.define(student, MODELS, "make")(student.device, weight)
        (onehot,) = one_hot(random_sequences(1, length, 320 + length))
        held = remote.put(student, onehot, student.device)
        found = expect.array(student.in_silico_mutagenesis(model, held), shape=(length, 4))
        w, x = weight.double().numpy(), onehot.double().numpy()
        expect.close(found, w - (w * x).sum(axis=1, keepdims=True), rtol=0, atol=1e-4)
        expect.equal(remote.value(held), onehot)
