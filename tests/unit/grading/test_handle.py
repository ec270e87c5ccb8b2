"""A handle is no number: comparing or computing with one never asks the student's kernel."""

import math
import operator

import numpy as np
import pytest
import torch
from support.attached import Student

from autograder.course import Limits
from autograder.grading import expect
from autograder.grading.failures import (
    KernelDied,
    StudentError,
)
from autograder.grading.remote import Handle

PATIENT = Limits(call_seconds=20)


class RecordingLink:
    """Stands for a session and records what a handle asks for."""

    def __init__(self):
        self.asked = []

    def request(self, *request):
        self.asked.append(request)
        return 1.0


@pytest.fixture
def link():
    return RecordingLink()


@pytest.fixture
def handle(link):
    return Handle(link, 1, "Liar")


REFUSALS = (
    TypeError, ValueError, AttributeError, RuntimeError, AssertionError, StudentError,
)  # fmt: skip


NUMERIC = {
    "float": float,
    "int": int,
    "complex": complex,
    "index": operator.index,
    "bool": bool,
    "not": operator.not_,
    "len": len,
    "iter": iter,
    "abs": abs,
    "round": round,
    "plus": lambda h: h + 1,
    "from the right": lambda h: 1 - h,
    "less": lambda h: h < 1,
    "greater": lambda h: operator.gt(1.0, h),
    "contains": lambda h: 1 in h,
    "item": lambda h: h[0],
    "with": lambda h: h.__enter__(),
    "isfinite": math.isfinite,
    "isclose": lambda h: math.isclose(h, 1.0),
    "numpy isclose": lambda h: np.isclose(h, 1.0),
    "numpy float array": lambda h: np.asarray(h, dtype=float),
    "numpy close": lambda h: np.testing.assert_allclose(h, 1.0),
    "torch tensor": torch.as_tensor,
    "torch allclose": lambda h: torch.allclose(h, torch.ones(())),
    "expect number": expect.number,
    "expect array": expect.array,
    "expect array in list": lambda h: expect.array([h]),
    "expect close": lambda h: expect.close(h, 1.0, rtol=1.0),
    "expect equal": lambda h: expect.equal(h, 1.0),
}


@pytest.mark.parametrize("name", NUMERIC)
def test_a_handle_is_no_number_and_the_kernel_is_not_asked(handle, link, name):
    with pytest.raises(REFUSALS):
        NUMERIC[name](handle)
    assert link.asked == []


OTHERS = [0, 1.0, True, None, "", [], np.float64(1), np.ones(2), torch.ones(2), pytest.approx(1.0)]


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_a_handle_equals_nothing_but_itself(handle, link, other):
    for compare in (operator.eq, lambda a, b: b == a):
        try:
            verdict = compare(handle, other)
        except TypeError:
            continue
        assert not np.any(np.asarray(verdict))
    assert handle == handle and handle != Handle(link, 1, "Liar")
    assert link.asked == []


DUNDERS = "__array__ __array_interface__ __torch_function__ __float__ __len__ __iter__ __dict__"


@pytest.mark.parametrize("name", DUNDERS.split())
def test_special_attributes_of_a_handle_are_not_forwarded(handle, link, name):
    with pytest.raises(AttributeError):
        getattr(handle, name)
    assert link.asked == []


def test_an_array_of_a_handle_holds_only_the_handle(handle, link):
    boxed = np.asarray(handle)
    assert boxed.dtype == object and boxed[()] is handle and link.asked == []


def test_without_a_kernel_every_question_is_answered_by_its_death():
    pupil = Student(None, PATIENT)
    with pytest.raises(KernelDied):
        pupil.double(1)
    pupil.end_test()
    pupil.close()
