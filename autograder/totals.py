"""What nbgrader's gradebook says of an assignment: automatic points and a person's, together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.nbgrader_settings import COURSE_ID, find_environment_programs


@dataclass(frozen=True)
class Total:
    """One student's points, a late penalty taken off.

    They are points so far while `waiting`: an answer, or a second look, is left to a person.
    """

    points: float
    waiting: bool = False
    seconds_late: float = 0.0


@dataclass(frozen=True)
class Totals:
    """The gradebook's totals by student; `max_score` counts a bonus in, as nbgrader does."""

    max_score: float = 0.0
    students: Mapping[str, Total] = field(default_factory=dict)


def read_totals(course: Course, assignment: Assignment) -> Totals:
    """Read them. Raises AutograderError where the gradebook does not have the assignment."""
    missing = AutograderError(
        f"{course.root / 'gradebook.db'} holds no scores of {assignment.name}: "
        f"run 'autograder grade {assignment.name}'"
    )
    if not (course.root / "gradebook.db").is_file():  # nbgrader would make an empty one
        raise missing
    find_environment_programs()
    with Gradebook(course.gradebook_url, COURSE_ID) as gradebook:
        try:
            found = gradebook.find_assignment(assignment.name)
        except MissingEntry:
            raise missing from None
        students = {submission.student_id: _total(submission) for submission in found.submissions}
        return Totals(float(found.max_score), students)


def _total(submission: SubmittedAssignment) -> Total:
    # The penalty cannot take more than there is, as in `nbgrader export`.
    points = max(0.0, submission.score - submission.late_submission_penalty)
    late = float(submission.total_seconds_late)
    return Total(float(points), bool(submission.needs_manual_grade), late)
