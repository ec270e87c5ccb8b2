"""What nbgrader's gradebook says of an assignment: automatic points and a person's, together."""

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
    """One exercise's points, a person's where `by_person`, else automatic ones.

    `waiting`: a person must read it, or (`by_person`) look again at what changed since.
    """

    exercise: str
    points: float
    max_score: float
    written: bool = False
    by_person: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Total:
    """One student's points, a late penalty taken off.

    They are points so far while `waiting`: an answer, or a second look, is left to a person.
    """

    points: float
    waiting: bool = False
    seconds_late: float = 0.0
    penalty: float = 0.0
    marks: tuple[Mark, ...] = ()

    @property
    def second_looks(self) -> tuple[Mark, ...]:
        """Exercises that a person graded and that changed since."""
        return tuple(mark for mark in self.marks if mark.waiting and mark.by_person)


@dataclass(frozen=True)
class Totals:
    """The gradebook's totals by student; `max_score` counts a bonus in, as nbgrader does."""

    max_score: float = 0.0
    students: Mapping[str, Total] = field(default_factory=dict)


def read_totals(course: Course, assignment: Assignment) -> Totals:
    """Read them. Raises AutograderError where the gradebook does not have the assignment."""
    with _opened(course, assignment) as gradebook:
        found = gradebook.find_assignment(assignment.name)
        place = _places(assignment)
        students = {s.student_id: _total(s, place) for s in found.submissions}
        return Totals(float(found.max_score), students)


def read_total(course: Course, assignment: Assignment, student: str) -> Total:
    """One student's. Raises AutograderError where the gradebook does not have the submission."""
    with _opened(course, assignment) as gradebook:
        return _total(gradebook.find_submission(assignment.name, student), _places(assignment))


@contextmanager
def _opened(course: Course, assignment: Assignment) -> Iterator[Gradebook]:
    missing = AutograderError(
        f"{course.root / 'gradebook.db'} holds no scores of {assignment.name}: "
        f"run 'autograder grade {assignment.name}'"
    )
    if not (course.root / "gradebook.db").is_file():  # nbgrader would make an empty one
        raise missing
    with open_gradebook(course) as gradebook:
        try:
            yield gradebook
        except MissingEntry:
            raise missing from None


def _places(assignment: Assignment) -> dict[str, int]:
    """Cell's id -> its place in the released notebook."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    return {grade_id(cell): place for place, cell in enumerate(released.cells)}


def _total(submission: SubmittedAssignment, place: Mapping[str, int]) -> Total:
    # The penalty cannot take more than there is, as in `nbgrader export`.
    points = max(0.0, submission.score - submission.late_submission_penalty)
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    marks = tuple(
        Mark(
            exercise=exercise_of(grade.name),
            points=float(grade.score),
            max_score=float(grade.max_score),
            written=not is_check(grade.name),
            by_person=grade.manual_score is not None,
            waiting=bool(grade.needs_manual_grade),
        )
        for grade in sorted(grades, key=lambda grade: place.get(grade.name, len(place)))
    )
    return Total(
        points=float(points),
        waiting=bool(submission.needs_manual_grade),
        seconds_late=float(submission.total_seconds_late),
        penalty=float(submission.late_submission_penalty),
        marks=marks,
    )
