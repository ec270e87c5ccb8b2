"""Reads an assignment's points, automatic and manual, from nbgrader's gradebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import nbformat

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook.rows import Grade, Rows, Times, read_rows
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
    days_late: int = 0
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
    return totals_of(assignment, require_rows(course, assignment))


def require_rows(course: Course, assignment: Assignment) -> Rows:
    """All rows. Raises AutograderError if the gradebook does not have the assignment."""
    rows = read_rows(course, assignment)
    if rows is None:
        raise _missing(course, assignment)
    return rows


def read_submission_rows(course: Course, assignment: Assignment, student: str) -> Rows:
    """One submission's rows. Raises AutograderError if the gradebook does not have it."""
    rows = read_rows(course, assignment, student)
    if rows is None or not rows.times:
        raise _missing(course, assignment)
    return rows


def read_total(course: Course, assignment: Assignment, student: str) -> Total:
    """One student's total. Raises AutograderError if the gradebook does not have it."""
    rows = read_submission_rows(course, assignment, student)
    return totals_of(assignment, rows).students[student]


def totals_of(assignment: Assignment, rows: Rows) -> Totals:
    """The totals of an assignment's rows."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    order = {grade_id(cell): index for index, cell in enumerate(released.cells)}
    grades: dict[str, list[Grade]] = {}
    for grade in rows.grades:
        grades.setdefault(grade.student, []).append(grade)
    students = {
        times.student: _total(
            times,
            times.days_late(assignment.clock),
            sorted(
                grades.get(times.student, []),
                key=lambda grade: order.get(grade.cell, len(order)),
            ),
        )
        for times in rows.times
    }
    return Totals(rows.max_score, students)


def _missing(course: Course, assignment: Assignment) -> AutograderError:
    return AutograderError(
        f"{course.root / 'gradebook.db'} holds no scores of {assignment.name}: "
        f"run 'autograder grade {assignment.name}'"
    )


def _total(times: Times, days_late: int, grades: list[Grade]) -> Total:
    marks = tuple(
        Mark(
            exercise=exercise_of(grade.cell),
            points=grade.score,
            max_score=grade.max_score,
            written=not is_check(grade.cell),
            is_manual=grade.manual is not None,
            needs_grading=bool(grade.needs_grading),
        )
        for grade in grades
    )
    # As in `nbgrader export`, the penalty is at most the score.
    return Total(
        points=max(0.0, sum(mark.points for mark in marks) - times.penalty),
        needs_grading=any(mark.needs_grading for mark in marks),
        seconds_late=times.seconds_late,
        days_late=days_late,
        penalty=times.penalty,
        marks=marks,
    )
