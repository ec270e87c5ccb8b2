"""The rows of the class page: which come first, and why."""

from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from support.results import WEEK, failed, outcome, submission, unwritten

from autograder.course import Assignment
from autograder.gradebook.totals import Mark, Total, Totals
from autograder.notebook.failure import CellFailure, FailureCause
from autograder.reports.class_page import class_report, rows, state
from autograder.results.model import FailedCell, Outcome, Times
from autograder.results.wording import attention
from autograder.text import duration


def test_the_gravest_comes_first_then_names(tmp_path):
    written = {"first": [True]}
    class_of = [
        submission("ada", written),
        submission("ben", written, seconds=50.0),
        submission("cleo", written, seconds=70.0, restored=("a cell",)),
        submission(
            "dev", written, failed_cells=(FailedCell(3, CellFailure(FailureCause.TIMEOUT, "60 s")),)
        ),
        submission("eve", {"first": unwritten("first", 1)}),
        submission("finn", written, restored=("a cell",)),
        submission("gus", written, sandboxed=False),
        failed("hal"),
        submission("ida", written),
        submission("jo", written),
        submission("kim", written),
    ]
    release = tmp_path / "release" / WEEK
    release.mkdir(parents=True)
    (release / "notebook.ipynb").touch()
    found = [
        (r.result.student, r.state)
        for r in rows(Assignment(WEEK, tmp_path), class_of, [], Totals())
    ]
    assert found == [
        ("hal", "failed"), ("dev", "stopped"), ("cleo", "slow"), ("ben", "slow"), ("ada", ""),
        ("eve", "no answer"), ("finn", "repaired"), ("gus", "no sandbox"), ("ida", ""), ("jo", ""),
        ("kim", ""),
    ]  # fmt: skip


def test_what_changed_since_a_person_graded_it_asks_for_a_look(tmp_path):
    release = tmp_path / "release" / WEEK
    release.mkdir(parents=True)
    (release / "notebook.ipynb").touch()
    mark = Mark("essay", 4.5, 6.0, written=True, is_manual=True, needs_grading=True)
    totals = {"ada": Total(5.0, True, marks=(replace(mark, needs_grading=False),)),
              "ben": Total(5.0, True, marks=(mark,))}  # fmt: skip
    class_of = [submission(student, {"first": [True]}) for student in totals]
    found = rows(Assignment(WEEK, tmp_path), class_of, [], Totals(7.0, totals))
    assert [(row.result.student, row.state, row.remark) for row in found] == [
        ("ben", "changed", "changed after manual grading: essay"), ("ada", "", ""),
    ]  # fmt: skip


def test_a_short_run_is_never_slow():
    assert state(submission("ada", {"first": [True]}, seconds=29.0), 1.0) == ""
    assert state(submission("ada", {"first": [True]}, seconds=31.0), 10.0) == "slow"
    assert [duration(s) for s in (5, 60, 7200, 200_000)] == ["5 s", "1 min", "2 h", "2 d 8 h"]


@pytest.mark.parametrize("message", ["has no attribute 'appended'", "the stopped clock", "ended"])
def test_an_exception_is_no_stopped_cell_whatever_its_text(message):
    raised = CellFailure(FailureCause.RAISED, message, exception="AttributeError")
    result = submission("ada", {"first": [True]}, failed_cells=(FailedCell(3, raised),))
    assert (state(result, 10.0), attention(result)) == ("", "")


def test_a_submission_that_was_stopped_for_time_is_named_with_what_took_it():
    times = Times(1.0, 240.4, 40.0, {"first": 30.0, "second": 25.0}, 360.0, ran_out=True)
    result = submission("ada", {"first": [False]}, times=times)
    assert state(result, 10.0) == "stopped"
    assert attention(result) == (
        "stopped for time: of 360 s, its cells took 240 s, running them again 40 s and the hidden "
        "tests 55 s"
    )


def test_a_test_that_was_stopped_for_time_names_its_exercise():
    slow = outcome("slow", False, how=Outcome.TIMEOUT)
    names = [f"exercise{number}" for number in range(7)]
    result = submission("ada", {"first": [True], **{name: [True, slow] for name in names}})
    assert attention(result) == (
        "hidden tests stopped for time: exercise0, exercise1, exercise2, exercise3, exercise4 and "
        "2 more"
    )


def test_no_figure_of_the_class_counts_a_bonus_that_the_maximum_leaves_out(tmp_path):
    """Once the page said "median 45 of 42"."""
    release = tmp_path / "release" / WEEK
    release.mkdir(parents=True)
    title = new_markdown_cell("[badge](https://example.org)\n\n# Week 1. A line\n\nText")
    nbformat.write(new_notebook(cells=[title]), release / "notebook.ipynb")
    full = {"first": [True] * 2, "extra": [True]}
    class_of = [submission(student, full) for student in ("ada", "ben")]
    class_of.append(submission("cleo", {"first": [True, False], "extra": [False]}))
    report = class_report(Assignment(WEEK, tmp_path), class_of)
    assert (report.max_score, report.bonus, report.with_bonus) == (2.0, 1.0, 2)
    assert report.title == "Week 1. A line"
    assert report.scores == {"ada": 2.0, "ben": 2.0, "cleo": 1.0}
    assert (report.median, round(report.mean, 2), report.full_marks) == (2.0, 1.67, 2)
    assert max(one.high for one in report.bins) <= 2.0
    assert class_of[0].score == 3.0


@pytest.mark.parametrize(("count", "shows"), [(14, False), (15, True)])
def test_discrimination_needs_a_class_that_is_large_enough(tmp_path, count, shows):
    release = tmp_path / "release" / WEEK
    release.mkdir(parents=True)
    nbformat.write(new_notebook(), release / "notebook.ipynb")
    class_of = [
        submission(f"s{n}", {"first": [n % 2 == 0, True], "second": [n % 3 == 0]})
        for n in range(count)
    ]
    class_of += [submission("eve", {"first": unwritten("first", 2)}), failed("hal")]
    report = class_report(Assignment(WEEK, tmp_path), class_of)
    assert report.title == WEEK
    assert report.shows_discrimination == shows
