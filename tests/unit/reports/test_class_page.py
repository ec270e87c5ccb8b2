"""The rows of the class page: which come first, and why."""

from dataclasses import replace

import pytest
from support.results import WEEK, failed, submission, unwritten

from autograder.course import Assignment
from autograder.gradebook.totals import Mark, Total, Totals
from autograder.notebook.failure import CellFailure, FailureCause
from autograder.reports.class_page import rows, span, state
from autograder.results.model import FailedCell
from autograder.results.wording import attention


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
    mark = Mark("essay", 4.5, 6.0, written=True, by_person=True, waiting=True)
    totals = {"ada": Total(5.0, True, marks=(replace(mark, waiting=False),)),
              "ben": Total(5.0, True, marks=(mark,))}  # fmt: skip
    class_of = [submission(student, {"first": [True]}) for student in totals]
    found = rows(Assignment(WEEK, tmp_path), class_of, [], Totals(7.0, totals))
    assert [(row.result.student, row.state, row.remark) for row in found] == [
        ("ben", "second look", "changed since a person graded it: essay"), ("ada", "", ""),
    ]  # fmt: skip


def test_a_short_run_is_never_slow():
    assert state(submission("ada", {"first": [True]}, seconds=29.0), 1.0) == ""
    assert state(submission("ada", {"first": [True]}, seconds=31.0), 10.0) == "slow"
    assert [span(s) for s in (5, 60, 7200, 200_000)] == ["5 s", "1 min", "2 h", "2 d"]


@pytest.mark.parametrize("message", ["has no attribute 'appended'", "the stopped clock", "ended"])
def test_an_exception_is_no_stopped_cell_whatever_its_text(message):
    raised = CellFailure(FailureCause.RAISED, message, exception="AttributeError")
    result = submission("ada", {"first": [True]}, failed_cells=(FailedCell(3, raised),))
    assert (state(result, 10.0), attention(result)) == ("", "")
