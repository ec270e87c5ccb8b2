"""How long an exercise's calls may take, so that no exercise takes the time of another."""

import time

import pytest
from support.stopped_clock import StoppedClock

from autograder.budget import UNLIMITED, Budget
from autograder.course import Limits
from autograder.grading.exercise_time import ExerciseTime
from autograder.grading.failures import TimedOut

LIMITS = Limits()


@pytest.fixture
def clock(monkeypatch):
    clock = StoppedClock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


@pytest.fixture
def after_the_cells(clock):
    """The time after a notebook of 36 s: 300 s are left."""
    budget = Budget.start(LIMITS)
    clock.now += 36
    assert budget.left == 300
    return ExerciseTime(budget, LIMITS)


def test_each_exercise_has_an_equal_part_of_what_is_left(clock, after_the_cells):
    taken = []
    for left in range(10, 0, -1):
        after_the_cells.begin(f"exercise{left}", left, 0.0)
        taken.append(after_the_cells.left)
        clock.now += taken[-1]
    assert taken == pytest.approx([30.0] * 10)


def test_what_one_exercise_does_not_need_the_next_ones_can_use(clock, after_the_cells):
    after_the_cells.begin("first", 3, 0.0)
    assert after_the_cells.left == LIMITS.exercise_seconds
    clock.now += 1
    after_the_cells.begin("second", 10, 0.0)
    assert after_the_cells.left == pytest.approx(29.9)


def test_a_stalled_kernel_is_replaced_in_the_part_of_the_exercise_that_stalled(
    clock, after_the_cells
):
    """Each exercise stalls; stopping its kernel and running the notebook again takes 12 s."""
    taken = []
    for left in range(10, 0, -1):
        after_the_cells.begin(f"exercise{left}", left, 12.0)
        taken.append(after_the_cells.left)
        clock.now += taken[-1] + 12
    assert taken == pytest.approx([18.0] * 10)


def test_at_least_half_of_its_part_is_for_its_calls(after_the_cells):
    after_the_cells.begin("any", 10, 100.0)
    assert after_the_cells.left == 15


def test_a_call_has_its_limit_and_no_more_than_the_exercise_has_left(clock, after_the_cells):
    after_the_cells.begin("any", 5, 0.0)
    assert after_the_cells.for_call() == LIMITS.call_seconds
    clock.now += 50
    assert after_the_cells.for_call() == 10
    clock.now += 11
    with pytest.raises(TimedOut) as caught:
        after_the_cells.for_call()
    assert "this exercise used up" in caught.value.remark
    assert not after_the_cells.ran_out


def test_after_the_end_no_test_is_tried(clock, after_the_cells):
    after_the_cells.begin("any", 1, 0.0)
    clock.now += 301
    with pytest.raises(TimedOut) as caught:
        after_the_cells.for_call()
    assert "grading the notebook took too long" in caught.value.remark
    assert after_the_cells.ran_out


def test_it_says_how_long_each_exercise_took_without_new_kernels(clock, after_the_cells):
    after_the_cells.begin("first", 2, 0.0)
    clock.now += 5
    after_the_cells.leave_out(3)
    after_the_cells.begin("second", 1, 0.0)
    clock.now += 4
    after_the_cells.stop()
    clock.now += 100
    assert after_the_cells.seconds == {"first": 2, "second": 4}


def test_an_audit_has_the_exercises_own_limit_only(clock):
    times = ExerciseTime(UNLIMITED, LIMITS)
    times.begin("any", 1, 10**6)
    assert times.left == LIMITS.exercise_seconds
