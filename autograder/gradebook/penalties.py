"""Keeps the late penalties in nbgrader's gradebook at what the course's policy says.

nbgrader computes penalties at the end of its own grading, which `autograder grade` replaces. Here
they follow from the recorded times, so that a change of the policy, of a deadline or of a waiver
takes effect without running a submission again.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import nbformat

from autograder.course import Assignment, Course
from autograder.gradebook.deadlines import update_deadlines
from autograder.gradebook.rows import read_rows
from autograder.notebook.cells import bonus_exercises, exercise_of
from autograder.roster import FILE_NAME, read_roster

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

ROUNDING = 1e-6  # points; a database may return another last bit than it was given


def update_penalties(course: Course, assignment: Assignment) -> None:
    """Write the deadlines and penalties that are not up to date.

    Raises AutograderError as `update_deadlines` and `stale_penalties` do.
    """
    update_deadlines(course, assignment)
    if stale := stale_penalties(course, assignment):
        # Imported here, because it imports nbgrader, which takes a second.
        from autograder.gradebook.database import open_gradebook

        with open_gradebook(course) as gradebook:
            write_penalties(gradebook, assignment, stale)


def stale_penalties(course: Course, assignment: Assignment, student: str = "") -> dict[str, float]:
    """Student -> penalty in points, of those (or of one student) whose recorded one is different.

    Raises AutograderError if there is a policy, and the class list cannot be read.
    """
    rows = read_rows(course, assignment, student)
    if rows is None:
        return {}
    policy = assignment.late
    waived: frozenset[str] = frozenset()
    most = 0.0
    if policy.percent_per_day:
        waived, most = students_without_penalty(course, assignment), regular_points(assignment)
    scores: dict[str, float] = {}
    for grade in rows.grades:
        scores[grade.student] = scores.get(grade.student, 0.0) + grade.score
    found = {}
    for times in rows.times:
        days = 0 if times.student in waived else times.days_late(assignment.clock)
        penalty = policy.penalty(days, most, scores.get(times.student, 0.0))
        if abs(penalty - times.penalty) > ROUNDING:
            found[times.student] = penalty
    return found


def write_penalties(
    gradebook: "Gradebook", assignment: Assignment, penalties: Mapping[str, float]
) -> None:
    """Write penalties as nbgrader does: to the notebook, and none instead of 0."""
    for student, penalty in penalties.items():
        for notebook in gradebook.find_submission(assignment.name, student).notebooks:
            own = notebook.name == assignment.release_notebook.stem
            notebook.late_submission_penalty = penalty if own and penalty else None
    gradebook.db.commit()


def students_without_penalty(course: Course, assignment: Assignment) -> frozenset[str]:
    """The students whose row in the class list waives the penalty of this assignment."""
    path = course.root / FILE_NAME
    if not path.is_file():
        return frozenset()
    entries = read_roster(path, assignment.clock).entries
    return frozenset(entry.student for entry in entries if entry.waives(assignment.name))


def regular_points(assignment: Assignment) -> float:
    """The maximum score of an assignment, without bonus points."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    bonus = bonus_exercises(released)
    notes = [cell.metadata.get("nbgrader", {}) for cell in released.cells]
    return float(
        sum(
            note["points"]
            for note in notes
            if note.get("grade") and exercise_of(note["grade_id"]) not in bonus
        )
    )
