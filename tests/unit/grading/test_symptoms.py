"""The symptoms of a wrong answer: how it differs, what it was, and when there are none."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from autograder.grading import symptoms as module
from autograder.grading.failures import (
    KernelDied,
    MissingName,
    Raised,
    TimedOut,
    Unserializable,
    Unwritten,
)
from autograder.grading.symptoms import relation, shape_relation, summary, symptoms
from autograder.results import wording
from autograder.testing import expect

WANTED = np.array([1.0, -2.0, 4.0])


@pytest.mark.parametrize(
    ("found", "how"),
    [
        (WANTED / 2, "half"),
        (-WANTED, "the wrong sign"),
        (3 * WANTED, "a constant factor"),
        (WANTED + 1, "a constant added"),
        (abs(WANTED), "some signs"),
        (np.maximum(WANTED, 0), "negative numbers are zero"),
        (WANTED[::-1], "reversed"),
        (WANTED[[1, 0, 2]], "another order"),
        (np.array([1.0, -2.0, 7.0]), "only the last one wrong"),
        (np.array([5.0, -2.0, 4.0]), "only the first one wrong"),
        (np.array([1.0, 5.0, 7.0]), "only the first one right"),
        (np.array([5.0, -2.0, 7.0]), "some right"),
        (np.array([5.0, 6.0, 7.5]), "other numbers"),
        (0 * WANTED, "all zero"),
        (np.array([1.0, np.nan, 4.0]), "nan"),
        (WANTED * (1 + 1e-7), "nearly right"),
        (np.array([-2.0, 4.0, 9.0]), "shifted by one"),
    ],
)
def test_how_numbers_differ(found, how):
    assert relation(found, WANTED) == how


def test_how_one_number_differs():
    def number(found):
        return relation(np.array(found), np.array(3.0))

    assert [number(x) for x in (6.0, 9.0, 1.0, -3.0)] == [
        "twice", "too large", "too small", "the wrong sign",
    ]  # fmt: skip
    assert relation(np.ones(2), np.zeros(2)) == "not zero"


@pytest.mark.parametrize(
    ("found", "how"),
    [
        ((), "a single number"),
        ((5, 3, 1), "an axis of 1 at the end"),
        ((1, 5, 3), "an axis of 1 in front"),
        ((3, 5), "axes exchanged"),
        ((15,), "axes missing"),
        ((4, 3), "one too few"),
        ((8, 3), "some too many"),
        ((2, 9), "another shape"),
    ],
)
def test_how_shapes_differ(found, how):
    assert shape_relation(found, (5, 3)) == how


def test_answers_with_the_same_numbers_have_the_same_summary():
    ones = np.ones((2, 4))
    assert summary(ones) == summary(torch.ones(2, 4)) == "(2,4) 1, 1, mean size 1"
    assert summary(0.123456) == summary(np.float32(0.12345)) == "0.123"
    assert summary([1.0, -0.0]) == summary(np.array([1.0, 1e-15])) == "(2) 1, 0"
    assert summary({"b": ones, "a": 0 * ones}) == "dict of 2, mean size 0.5: 'b', 'a'"
    assert summary((ones[0, :2], None)) == "tuple of 2: (2) 1, 1; None"
    assert summary("chr1") == "'chr1'"
    assert summary([["AC", "GT"], ["TT"]]) == "list of 2: list of 2: text; text; list of 1: text"
    assert len(summary("x" * 1000)) <= module.MAX_SUMMARY


def of(error, got=()):
    with pytest.raises(type(error)) as caught:
        raise error
    return symptoms(caught, module.Path(__file__).parent, got)


def test_a_wrong_value_shows_where_how_and_what():
    with pytest.raises(AssertionError) as caught:
        expect.close([2.0, 4.0], np.array([1.0, 2.0]), rtol=1e-9)
    found = symptoms(caught, module.Path(__file__).parent, [[2.0, 4.0]])
    assert found == (
        "failed",
        "at expect.close([2.0, 4.0], np.array([1.0, 2.0]), rtol=1e-9)",
        "answer: twice",
        "got (2) 2, 4",
    )


def test_a_wrong_shape_shows_how_it_differs():
    with pytest.raises(AssertionError) as caught:
        expect.array(np.ones((3, 1)), shape=(3,))
    assert symptoms(caught, module.Path(__file__).parent, [])[2:] == (
        "answer: an axis of 1 at the end",
    )


def test_an_exception_of_the_answer_shows_its_kind():
    assert of(Raised("it raised ValueError", "", ["ValueError"]))[0] == "raised ValueError"
    assert of(Unserializable(wording.NO_DATA))[0] == "no data"
    assert of(AssertionError())[0] == "failed"


@pytest.mark.parametrize(
    "error",
    [
        Raised("it raised NameError", "", ["NameError"]),
        Raised("it raised ModuleNotFoundError", "", ["ModuleNotFoundError", "ImportError"]),
        Raised(f"it raised RuntimeError; {wording.NO_GPU}", "", ["RuntimeError"]),
        MissingName("it is not defined"),
        Unwritten(),
        TimedOut("it took longer than 6 s"),
        KernelDied("it ended Python"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_clear_has_no_symptoms(error):
    assert of(error) == ()


def test_an_answer_that_cannot_be_looked_at_has_no_symptoms(monkeypatch):
    monkeypatch.setattr(module, "summary", lambda value: 1 / 0)
    assert of(AssertionError(), [SimpleNamespace()]) == ()
