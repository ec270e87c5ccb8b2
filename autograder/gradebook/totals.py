"""Reads an assignment's points, automatic and manual, from nbgrader's gradebook."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import nbformat
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook.database import open_gradebook
from autograder.notebook.cells import exercise_of, grade_id, is_check


@dataclass(frozen=True)
class Mark:
    """One exercise's points: entered by a TA if `is_manual`, else automatic.

    `needs_grading` is true for a written answer without a manual score, and for a manual score
    whose answer has changed since.
    """

    exercise: str
    points: float
    max_score: float
    written: bool = False
    is_manual: bool = False
    needs_grading: bool = False


@dataclass(frozen=True)
class Total:
    """One student's points after the late penalty; points so far if `needs_grading`."""

    points: float
    needs_grading: bool = False
    seconds_late: float = 0.0
    penalty: float = 0.0
    marks: tuple[Mark, ...] = ()

    @property
    def needs_regrading(self) -> tuple[Mark, ...]:
        """Exercises that changed after manual grading."""
        return tuple(mark for mark in self.marks if mark.needs_grading and mark.is_manual)


@dataclass(frozen=True)
class Totals:
    """The gradebook's totals by student; `max_score` includes bonus points, as in nbgrader."""

    max_score: float = 0.0
    students: Mapping[str, Total] = field(default_factory=dict)


def read_totals(course: Course, assignment: Assignment) -> Totals:
    """All totals. Raises AutograderError if the gradebook does not have the assignment."""
    with _opened(course, assignment) as gradebook:
        graded = gradebook.find_assignment(assignment.name)
        order = _order(assignment)
        students = {s.student_id: _total(s, order) for s in graded.submissions}
        return Totals(float(graded.max_score), students)


def read_total(course: Course, assignment: Assignment, student: str) -> Total:
    """One student's total. Raises AutograderError if the gradebook does not have it."""
    with _opened(course, assignment) as gradebook:
        return _total(gradebook.find_submission(assignment.name, student), _order(assignment))


@contextmanager
def _opened(course: Course, assignment: Assignment) -> Iterator[Gradebook]:
    missing = AutograderError(
        f"{course.root / 'gradebook.db'} holds no scores of {assignment.name}: "
        f"run 'autograder grade {assignment.name}'"
    )
    if not (course.root / "gradebook.db").is_file():  # nbgrader would create an empty one
        raise missing
    with open_gradebook(course) as gradebook:
        try:
            yield gradebook
        except MissingEntry:
            raise missing from None


def _order(assignment: Assignment) -> dict[str, int]:
    """The position of each cell in the released notebook, by nbgrader id."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    return {grade_id(cell): index for index, cell in enumerate(released.cells)}


def _total(submission: SubmittedAssignment, order: Mapping[str, int]) -> Total:
    # As in `nbgrader export`, the penalty is at most the score.
    points = max(0.0, submission.score - submission.late_submission_penalty)
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    marks = tuple(
        Mark(
            exercise=exercise_of(grade.name),
            points=float(grade.score),
            max_score=float(grade.max_score),
            written=not is_check(grade.name),
            is_manual=grade.manual_score is not None,
            needs_grading=bool(grade.needs_manual_grade),
        )
        for grade in sorted(grades, key=lambda grade: order.get(grade.name, len(order)))
    )
    return Total(
        points=float(points),
        needs_grading=bool(submission.needs_manual_grade),
        seconds_late=float(submission.total_seconds_late),
        penalty=float(submission.late_submission_penalty),
        marks=marks,
    )
