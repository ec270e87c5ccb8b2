"""A submission's time: what is left, and how long a run of its notebook may take."""

import math
import time

import pytest
from support.stopped_clock import StoppedClock

from autograder.budget import UNLIMITED, Budget
from autograder.course import Limits

LIMITS = Limits(notebook_seconds=240)


@pytest.fixture
def clock(monkeypatch):
    clock = StoppedClock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_a_submission_takes_at_most_one_and_a_half_times_the_notebooks_limit(clock):
    assert LIMITS.total_seconds == 360
    budget = Budget.start(LIMITS)
    assert budget.left == 336  # the rest is for what comes after the last kernel
    clock.now += 400
    assert budget.left == 0
    assert budget.within(30) == 0


def test_a_wait_ends_with_the_budget(clock):
    budget = Budget.start(LIMITS)
    assert budget.within(30) == 30
    clock.now += 326
    assert budget.within(30) == 10


def test_two_seconds_are_kept_for_the_end_where_the_limit_is_small(clock):
    assert Budget.start(Limits(notebook_seconds=8)).left == 10
    assert Budget.start(Limits(notebook_seconds=3)).notebook_ends == clock.now + 2.5


@pytest.mark.parametrize(
    ("after", "seconds"),
    [(0, 240), (5, 235), (100, 140), (200, 68), (240, 48), (300, 18), (336, 0), (500, 0)],
)
def test_a_run_that_starts_late_leaves_half_of_the_time_for_the_tests(clock, after, seconds):
    budget = Budget.start(LIMITS)
    clock.now += after
    assert budget.run_ends(LIMITS) - clock.now == pytest.approx(seconds)


def test_the_courses_own_code_has_the_notebooks_limit_for_each_run(clock):
    clock.now += 10**6
    assert UNLIMITED.left == math.inf
    assert UNLIMITED.run_ends(LIMITS) == clock.now + 240
