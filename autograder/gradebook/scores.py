"""Writes scores and comments to nbgrader's database: one writer, one transaction per submission.

It writes automatic scores and comments only. It never changes what a TA entered in formgrader (a
manual score, a manual comment, extra credit). If the automatic score or the written answer behind a
manual score has changed, the exercise is marked as needing manual grading again.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.utils import determine_grade, is_grade, is_solution
from sqlalchemy import select
from sqlalchemy.exc import SAWarning

from autograder.course import Assignment, Course
from autograder.gradebook.answer_digests import note_texts
from autograder.gradebook.cells import register
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.penalties import stale_penalties, write_penalties
from autograder.gradebook.recorded import note_result
from autograder.log import quiet_logger
from autograder.notebook.cells import check_name
from autograder.results.model import Status, SubmissionResult
from autograder.results.wording import comment as automatic_comment

# nbgrader builds a submission's rows before it adds them to the session; the rows are correct.
warnings.filterwarnings("ignore", ".*not in session", SAWarning)

LOG = quiet_logger(__name__)


@dataclass(frozen=True)
class Change:
    """A submission whose automatic score in the gradebook changed."""

    student: str
    before: float
    after: float


class Writer:
    """The one writer to a course's gradebook, for one assignment. Use it in a `with` block.

    The database stays open for the whole class, but is locked only while a result is written.
    """

    def __init__(self, course: Course, assignment: Assignment):
        register(course, assignment)
        self.course = course
        self.assignment = assignment
        self._gradebook = open_gradebook(course)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *error: object) -> None:
        self._gradebook.close()

    def write(self, result: SubmissionResult, cells: Mapping[str, NotebookNode]) -> Change | None:
        """Write one result. Returns the change if the gradebook had a different automatic score.

        `cells` holds the executed notebook's graded cells by nbgrader id.
        """
        try:
            change = self._write(result, cells)
            penalties = stale_penalties(self.course, self.assignment, result.student)
            write_penalties(self._gradebook, self.assignment, penalties)
            return change
        finally:
            self._gradebook.db.rollback()  # an error's half transaction, and what was read

    def _write(self, result: SubmissionResult, cells: Mapping[str, NotebookNode]) -> Change | None:
        name, student = self.assignment.name, result.student
        gradebook = self._gradebook
        gradebook.update_or_create_student(student)
        stamp = _timestamp(self.assignment.autograded(student))
        submission = gradebook.update_or_create_submission(name, student, **stamp)
        grades = _of_submission(gradebook, Grade, submission)
        graded_before = any(grade.auto_score is not None for grade in grades.values())
        before = _automatic(grades)
        scores = {check_name(e.name): e.score for e in result.exercises}
        changed: set[str] = set()
        if result.status is Status.GRADED:  # else the cells are those of the release
            written = (grades.keys() - scores.keys()) & cells.keys()
            texts = {cell: cells[cell].source for cell in written}
            changed = note_texts(gradebook, name, student, texts)
        for cell, grade in grades.items():
            automatic = scores.get(cell)
            if automatic is None:
                automatic = _written_score(cells.get(cell), result)
            _set(grade, automatic, cell in changed)
        automatic_comments = {e.name: automatic_comment(e) for e in result.exercises}
        for cell, comment in _of_submission(gradebook, Comment, submission).items():
            comment.auto_comment = automatic_comments.get(cell) or _no_response(cells.get(cell))
        after = _automatic(grades)
        note_result(gradebook, name, student, result.fingerprint)
        gradebook.db.commit()
        return Change(student, before, after) if graded_before and before != after else None


def _of_submission(
    gradebook: Gradebook, kind: type[Grade | Comment], submission: SubmittedAssignment
) -> dict[str, Any]:
    """A submission's grades or comments by the name of their cell, in one query.

    nbgrader's own properties ask the database once per cell.
    """
    query = (
        select(BaseCell.name, kind)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .where(SubmittedNotebook.assignment_id == submission.id)
    )
    return {name: row for name, row in gradebook.db.execute(query)}


def _set(grade: Grade, automatic: float | None, changed: bool) -> None:
    """Set the automatic score; `changed` says whether a written answer's text has changed."""
    if grade.manual_score is None:
        grade.needs_manual_grade = automatic is None  # a written answer
    elif changed or (automatic is not None and grade.auto_score != automatic):
        grade.needs_manual_grade = True
    grade.auto_score = automatic


def _written_score(cell: NotebookNode | None, result: SubmissionResult) -> float | None:
    """The automatic score of a written answer: 0 if it is not written, else None."""
    if result.status is Status.FAILED or cell is None or not is_grade(cell):
        return 0.0
    score, _ = determine_grade(cell, LOG)
    return None if score is None else float(score)


def _no_response(cell: NotebookNode | None) -> str | None:
    if cell is not None and is_grade(cell) and is_solution(cell):
        return "No response." if determine_grade(cell, LOG)[0] == 0 else None
    return None


def _automatic(grades: Mapping[str, Grade]) -> float:
    return float(sum(grade.auto_score or 0.0 for grade in grades.values()))


def _timestamp(folder: Path) -> dict[str, str]:
    path = folder / "timestamp.txt"
    return {"timestamp": path.read_text().strip()} if path.is_file() else {}
