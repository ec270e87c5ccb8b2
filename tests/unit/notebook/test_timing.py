"""How long a cell may run, before and after another one was stopped."""

import time

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from support.stopped_clock import StoppedClock

from autograder.course import Limits
from autograder.notebook.failure import CellFailure, FailureCause, record_failure
from autograder.notebook.timing import CellTime

LIMITS = Limits(cell_seconds=60, notebook_seconds=240)


@pytest.fixture
def clock(monkeypatch):
    clock = StoppedClock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_a_cell_has_its_limit_and_no_more_than_is_left(clock):
    times = CellTime(new_notebook(), LIMITS)
    assert times.for_cell() == 60
    clock.now += 200
    assert times.for_cell() == 40


def test_cells_that_never_end_leave_time_for_those_after_them(clock):
    """Ten of them take what is left, quarter by quarter."""
    times, taken = CellTime(new_notebook(), LIMITS), []
    for _ in range(10):
        taken.append(times.for_cell())
        clock.now += taken[-1]
        times.note_stop()
    assert taken[:4] == [60, 45, 33.75, pytest.approx(25.3, abs=0.1)]
    assert times.left > 13


def test_a_cell_that_got_less_than_its_limit_says_so(clock):
    times = CellTime(new_notebook(), LIMITS)
    assert times.shown(times.for_cell()) == "60 s"
    clock.now += 234
    left = "its part of what was left of the notebook's 240 s"
    assert times.shown(times.for_cell()) == f"6 s, {left}"


@pytest.mark.parametrize(
    ("cause", "seconds"), [(FailureCause.TIMEOUT, 50), (FailureCause.RAISED, 60)]
)
def test_a_run_knows_what_was_stopped_in_the_run_before(clock, cause, seconds):
    cell = new_code_cell("while True: pass")
    record_failure(cell, CellFailure(cause))
    times = CellTime(new_notebook(cells=[cell]), LIMITS, ends=clock.now + 200)
    assert times.for_cell() == seconds


def test_a_question_between_cells_never_takes_more_than_a_quarter(clock):
    times = CellTime(new_notebook(), LIMITS)
    assert times.for_question(20) == 20
    clock.now += 220
    assert times.for_question(20) == 5


def test_nothing_is_left_after_the_end(clock):
    times = CellTime(new_notebook(), LIMITS, ends=clock.now + 1)
    assert times.left == 1
    clock.now += 2
    assert times.left == 0
