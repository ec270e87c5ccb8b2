"""Writes deadlines to nbgrader's gradebook."""

from collections.abc import Iterable

from sqlalchemy import text

from autograder.course import Assignment, Course
from autograder.gradebook.cells import register
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.deadlines import Deadlines, Origin

CREATE = """
CREATE TABLE IF NOT EXISTS autograder_deadlines (assignment TEXT PRIMARY KEY, due TEXT NOT NULL)
"""
NOTE = "INSERT OR REPLACE INTO autograder_deadlines VALUES (:assignment, :due)"


def record_deadlines(
    course: Course, assignment: Assignment, deadlines: Deadlines, students: Iterable[str]
) -> None:
    """Write the due date and these students' extensions to nbgrader's gradebook.

    nbgrader counts an extension from the due date, so without a due date nothing is written.
    """
    if deadlines.general is None:
        return
    extended = [student for student in students if student in deadlines.own]
    if extended:
        # An extension needs a submission, which needs the notebook's cells to be registered.
        register(course, assignment)
    with open_gradebook(course) as gradebook:
        if deadlines.origin is Origin.SETTINGS:  # first: a killed command may repeat this
            gradebook.db.execute(text(CREATE))
            due = deadlines.general.isoformat()
            gradebook.db.execute(text(NOTE), {"assignment": assignment.name, "due": due})
            gradebook.db.commit()
        gradebook.update_or_create_assignment(assignment.name, duedate=deadlines.general)
        for student in extended:
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(assignment.name, student)
            minutes = (deadlines.own[student] - deadlines.general).total_seconds() / 60
            gradebook.grant_extension(assignment.name, student, minutes=minutes)
