"""Until when a submission counts: the class's deadline, and the students' own.

Both live in nbgrader's gradebook, as due date and extensions, so that formgrader knows them too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.course import Assignment, Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.scores import Writer
from autograder.roster import Roster


@dataclass(frozen=True)
class Deadlines:
    """`general` is the class's deadline, `own` a student's; `allowance` is what may be late."""

    general: datetime | None = None
    own: Mapping[str, datetime] = field(default_factory=dict)
    allowance: timedelta = timedelta()

    def of(self, student: str) -> datetime | None:
        return self.own.get(student, self.general)

    def last(self, student: str) -> datetime | None:
        """After this instant nothing is taken."""
        due = self.of(student)
        return None if due is None else due + self.allowance


def read_deadlines(
    course: Course,
    assignment: Assignment,
    roster: Roster | None,
    given: datetime | None = None,
    allowance: timedelta = timedelta(),
) -> Deadlines:
    """The roster's deadlines and the one that was given; where there are none, the gradebook's."""
    general, own = given, {}
    if Path(course.root, "gradebook.db").is_file():
        with open_gradebook(course) as gradebook:
            try:
                known = gradebook.find_assignment(assignment.name)
            except MissingEntry:
                known = None
            if known and known.duedate and general is None:
                general = known.duedate.replace(tzinfo=UTC)
            for submission in known.submissions if known and general else ():
                if submission.extension is not None:
                    own[submission.student.id] = general + submission.extension
    for entry in roster.entries if roster else ():
        if entry.deadline is not None:
            own[entry.student] = entry.deadline
    return Deadlines(general, own, allowance)


def record_deadlines(
    course: Course, assignment: Assignment, deadlines: Deadlines, students: Iterable[str]
) -> None:
    """Write the due date, and the extensions of those students, into nbgrader's gradebook.

    nbgrader counts an extension from the due date: without one there is nothing to write.
    """
    if deadlines.general is None:
        return
    extended = [student for student in students if student in deadlines.own]
    if extended:
        # An extension hangs on a submission, and that on the notebook's cells: these come first.
        Writer(course, assignment)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(assignment.name, duedate=deadlines.general)
        for student in extended:
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(assignment.name, student)
            minutes = (deadlines.own[student] - deadlines.general).total_seconds() / 60
            gradebook.grant_extension(assignment.name, student, minutes=minutes)
