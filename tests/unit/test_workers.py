"""Threads over repositories."""

import threading
from contextlib import closing

import pytest

from autograder.workers import THREADS, run_side_by_side


def test_results_come_as_they_finish():
    assert sorted(run_side_by_side(lambda item, stop: item**2, range(20))) == [
        item**2 for item in range(20)
    ]


def test_closing_early_stops_the_threads_and_waits_for_them():
    started, ended = [], []

    def work(item, stop):
        started.append(item)
        if item:
            assert stop.wait(30)
        ended.append(item)
        return item

    with closing(run_side_by_side(work, range(100))) as results:
        assert next(results) == 0
    assert sorted(started) == sorted(ended)
    assert len(started) <= THREADS + 1


def test_the_first_error_stops_the_others_and_is_raised():
    other_started, stopped = threading.Event(), threading.Event()

    def work(item, stop):
        if item == 0:
            assert other_started.wait(30)
            raise ValueError("broken")
        other_started.set()
        if stop.wait(30):
            stopped.set()
        return item

    with pytest.raises(ValueError, match="broken"):
        list(run_side_by_side(work, range(2)))
    assert stopped.is_set()
