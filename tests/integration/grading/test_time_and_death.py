"""Calls that never end, and calls that end their kernel."""

import contextlib
import time

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.grading.failures import (
    KernelDied,
    StudentError,
    TimedOut,
)
from autograder.results.model import Outcome

PATIENT = Limits(call_seconds=20)


HASTY = Limits(call_seconds=1)


STUBBORN = """
import os
import time

def spin():
    while True:
        pass

def sleep(seconds):
    time.sleep(seconds)

def cling():
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass

def die():
    os._exit(0)

def leave():
    exit()

def double(x):
    return 2 * x
"""


@pytest.fixture(scope="module")
def stubborn(open_notebook):
    return open_notebook(STUBBORN)


@pytest.fixture
def revivals():
    return []


@pytest.fixture
def revive(open_notebook, revivals):
    """Runs the notebook again in a new kernel."""

    def start():
        revivals.append(open_notebook(STUBBORN))
        return revivals[-1]

    return start


@pytest.fixture
def mortal(open_notebook, revive):
    """A student whose kernel is this test's own, and whose notebook runs again when it died."""
    pupil = Student(open_notebook(STUBBORN), PATIENT, revive=revive)
    yield pupil
    pupil.close()


@pytest.mark.parametrize(("name", "args"), [("spin", ()), ("sleep", (60,))])
def test_an_endless_call_is_interrupted_and_its_kernel_lives_on(stubborn, name, args):
    hasty, patient = Student(stubborn, HASTY), Student(stubborn, PATIENT)
    kept = patient.put([1])
    with pytest.raises(TimedOut) as caught:
        getattr(hasty, name)(*args)
    assert caught.value.outcome is Outcome.TIMEOUT
    assert stubborn.alive
    assert patient.double(4) == 8 and patient.value(kept) == [1]


def test_a_call_that_swallows_interrupts_loses_its_kernel(
    open_notebook, monkeypatch, revive, revivals
):
    monkeypatch.setattr("autograder.sandbox.kernel.INTERRUPT_SECONDS", 0.5)
    kernel = open_notebook(STUBBORN)
    with pytest.raises(TimedOut) as caught:
        Student(kernel, HASTY).cling()
    assert "could not be stopped" in caught.value.remark
    assert not kernel.alive
    pupil = Student(kernel, PATIENT, revive=revive)
    assert pupil.double(4) == 8
    assert len(revivals) == 1
    pupil.close()


def test_a_call_that_ends_its_python_is_a_dead_kernel_and_the_notebook_runs_again(mortal, revivals):
    with pytest.raises(KernelDied) as caught:
        mortal.die()
    assert caught.value.outcome is Outcome.KERNEL_DIED
    mortal.end_test()  # nothing is left to release
    assert revivals == []
    assert mortal.double(4) == 8
    assert len(revivals) == 1


def test_a_dead_kernel_stays_dead_where_the_notebook_is_not_run_again(open_notebook):
    pupil = Student(open_notebook(STUBBORN), PATIENT)
    with pytest.raises(KernelDied):
        pupil.die()
    for _ in range(2):
        with pytest.raises(KernelDied):
            pupil.double(1)


def test_a_handle_of_a_dead_kernel_never_means_another_object(mortal):
    old = mortal.put(["old"])
    with pytest.raises(KernelDied):
        mortal.die()
    new = mortal.put(["new"])
    with pytest.raises(StudentError):
        mortal.value(old)
    assert mortal.value(new) == ["new"]


def test_exit_in_a_call_does_not_end_grading(mortal):
    with contextlib.suppress(StudentError):
        mortal.leave()
    for n in range(20):  # IPython itself would end some tenths of a second after exit()
        assert mortal.double(n) == 2 * n
        time.sleep(0.02)


def test_an_exercise_has_time_of_its_own(stubborn):
    pupil = Student(stubborn, Limits(call_seconds=20, exercise_seconds=1))
    pupil.begin_exercise("any")
    assert pupil.double(1) == 2
    with pytest.raises(TimedOut):
        pupil.spin()
    with pytest.raises(TimedOut) as caught:
        pupil.double(1)
    assert "used up" in caught.value.remark
    pupil.begin_exercise("any")
    assert pupil.double(1) == 2
