"""Parameters that a model registers, and does not use, are named."""

import pytest
import torch
from support.attached import Student

from autograder.course import Limits
from autograder.testing import inert_parameters

NOTEBOOK = """
import torch
from torch import nn

class Honest(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 1)
        )

    def forward(self, x):
        return self.layers(x)

class ClosedForm(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoy = nn.Linear(2, 3)

    def forward(self, x):
        return x.sum(1, keepdim=True) ** 3 + 0 * self.decoy(x).sum()

class Half(Honest):
    def __init__(self):
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(3, 1))
        self.ignored = nn.Parameter(torch.zeros(3))

def state(model):
    return [p.detach().clone() for p in model.parameters()]
"""


@pytest.fixture(scope="module")
def student(open_notebook):
    return Student(open_notebook(NOTEBOOK), Limits(call_seconds=20)).session.student


@pytest.mark.parametrize(
    ("name", "inert"),
    [("Honest", []), ("ClosedForm", ["decoy.weight"]), ("Half", ["unused"])],
)
def test_inert_parameters_are_named_and_the_model_stays_as_it_was(student, name, inert):
    model = getattr(student, name)()
    before = student.state(model)
    assert inert_parameters(student, model, torch.randn(16, 2)) == inert
    assert all(torch.equal(a, b) for a, b in zip(before, student.state(model), strict=True))
    assert model.training
