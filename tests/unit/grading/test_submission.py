"""What `grade` says it did, also where the grader itself fails."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.budget import Budget
from autograder.course import Assignment
from autograder.grading import submission
from autograder.grading.options import Action, Options
from autograder.grading.submission import grade
from autograder.results.model import Status


@pytest.fixture
def assignment(tmp_path):
    """A course without hidden code: its one notebook cannot be run, which costs no kernel."""
    assignment = Assignment("tiny", tmp_path)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    note = {"grade_id": "double", "grade": False, "solution": True, "locked": False}
    cell = new_code_cell("def double(x):\n    return 2 * x", metadata={"nbgrader": note})
    for folder in (assignment.source, assignment.release):
        folder.mkdir(parents=True)
        nbformat.write(new_notebook(cells=[cell], metadata=kernel), folder / "tiny.ipynb")
    assignment.hidden_tests.mkdir(parents=True)
    (assignment.hidden_tests / "test_double.py").write_text(
        "from autograder.testing import points\n\n\n@points(2)\ndef test_two(student):\n"
        '    """Twice as much."""\n    assert student.double(1) == 2\n'
    )
    assignment.submitted("ada").mkdir(parents=True)
    (assignment.submitted("ada") / "tiny.ipynb").write_text("broken")
    return assignment


def test_a_notebook_that_cannot_be_run_has_a_result_and_nothing_is_written(assignment):
    graded = grade(assignment, "ada", "fingerprint", Options(sandboxed=False))
    assert (graded.action, graded.result.status) == (Action.RAN, Status.FAILED)
    assert graded.result.fingerprint == "fingerprint"
    assert "def double" in graded.notebook
    assert not assignment.autograded("ada").exists()


def test_a_notebook_that_takes_too_long_to_read_is_a_failed_one(assignment, monkeypatch):
    """It stops no other submission."""
    monkeypatch.setattr(submission.Budget, "start", lambda limits: Budget(0.0, 0.0, 0.0))
    shutil.copy(assignment.source_notebook, assignment.submitted("ada") / "tiny.ipynb")
    graded = grade(assignment, "ada", "fingerprint", Options(sandboxed=False))
    assert (graded.action, graded.result.status) == (Action.RAN, Status.FAILED)
    assert graded.result.reason == "reading it took too long: submit a smaller notebook"


def test_what_crashes_the_grader_has_no_fingerprint(assignment, monkeypatch):
    def crash(*arguments):
        raise ZeroDivisionError("the grader's own")

    monkeypatch.setattr(submission, "read_submission", crash)
    graded = grade(assignment, "ada", "fingerprint", Options(sandboxed=False))
    assert graded.action is Action.CRASHED
    assert (graded.result.status, graded.result.fingerprint) == (Status.FAILED, "")
    assert "ZeroDivisionError" in graded.result.reason
