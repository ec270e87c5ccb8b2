"""A course and submissions for tests of collecting."""

import shutil
from datetime import UTC, datetime, timedelta

from autograder.collect.model import Candidate
from autograder.course import Course
from autograder.results.model import Status, SubmissionResult
from autograder.results.store import write_result

WEEK = "week1_mlp"
NOTEBOOK = "hands-on-introduction_to_deep_learning.ipynb"
DUE = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)


def hours(count):
    return timedelta(hours=count)


def week1_course(repository, root):
    """A course at `root` with week 1 only and no submission."""
    for part in ("source", "release"):
        shutil.copytree(repository.root / part / WEEK, root / part / WEEK)
    shutil.copy(repository.root / "nbgrader_config.py", root)
    return Course(root)


def hand_in(text, time=DUE, student="ada", **origin):
    return Candidate(student, text.encode(), {"from": "git", **origin}, time)


def files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def grade(assignment, student):
    """Give a submission a result."""
    result = SubmissionResult(
        student, WEEK, Status.GRADED, "key", "cpu", True, 1.0, 1, exercises=()
    )
    folder = assignment.autograded(student)
    write_result(result, folder)
    shutil.copy(assignment.release_notebook, folder)
    shutil.copy(assignment.submitted(student) / "timestamp.txt", folder)
    return result
