"""What a failed test's report for the TA looks like."""

import os

from autograder.grading.plugin import portable


def test_paths_are_those_in_the_course_wherever_it_is(tmp_path, monkeypatch):
    suite = tmp_path / "course" / "tests" / "hidden" / "week1_mlp"
    suite.mkdir(parents=True)
    for place in (tmp_path, tmp_path / "course", suite.parent, suite.parents[1]):
        monkeypatch.chdir(place)
        for shown in (suite, os.path.relpath(suite)):
            text = portable(f"{shown}/test_MLP.py:16: AssertionError", suite)
            assert text == "tests/hidden/week1_mlp/test_MLP.py:16: AssertionError"


def test_memory_addresses_are_left_out(tmp_path):
    text = "where 1.0 = <function number at 0x7f1eed8ee840>(2) and array at 0"
    assert portable(text, tmp_path) == "where 1.0 = <function number>(2) and array at 0"
