"""The class's deadline and individual deadlines, until which a submission counts.

nbgrader's gradebook stores them as due date and extensions, so formgrader shows them too. A table
of our own notes the due date that came from course.toml: if the gradebook has another one, a person
entered it there, and it counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import text

from autograder.clock import MACHINE_CLOCK, Clock
from autograder.course import Assignment, Course
from autograder.gradebook.cells import register
from autograder.gradebook.database import open_gradebook
from autograder.roster import Roster

CREATE = """
CREATE TABLE IF NOT EXISTS autograder_deadlines (assignment TEXT PRIMARY KEY, due TEXT NOT NULL)
"""
READ = "SELECT due FROM autograder_deadlines WHERE assignment = :assignment"
NOTE = "INSERT OR REPLACE INTO autograder_deadlines VALUES (:assignment, :due)"


class Origin(StrEnum):
    """Where the class's deadline comes from."""

    OPTION = "--deadline"
    SETTINGS = "course.toml"
    GRADEBOOK = "the gradebook"
    CANVAS = "Canvas"
    NOWHERE = ""


@dataclass(frozen=True)
class Deadlines:
    """The class's deadline `general`, individual ones in `own`, and the `allowance` for both.

    The allowance is in whole days of the `clock`, which a change of clocks makes longer or shorter.
    `overruled` is another deadline that course.toml or the gradebook has.
    """

    general: datetime | None = None
    own: Mapping[str, datetime] = field(default_factory=dict)
    allowance: timedelta = timedelta()
    clock: Clock = MACHINE_CLOCK
    origin: Origin = Origin.NOWHERE
    overruled: datetime | None = None

    def of(self, student: str) -> datetime | None:
        """The student's deadline without the allowance."""
        return self.own.get(student, self.general)

    def last(self, student: str) -> datetime | None:
        """The time after which a submission is not collected."""
        due = self.of(student)
        return None if due is None else self.clock.add_days(due, self.allowance.days)


def read_deadlines(
    course: Course,
    assignment: Assignment,
    roster: Roster | None,
    given: datetime | None = None,
    allowance: timedelta = timedelta(),
    clock: Clock = MACHINE_CLOCK,
    configured: datetime | None = None,
) -> Deadlines:
    """Deadlines from the roster, and `given`, or else `configured`, or else from the gradebook.

    A due date in the gradebook that did not come from `configured` was entered by a person, and
    counts more than `configured`.
    """
    own: dict[str, datetime] = {}
    due = noted = None
    extensions: dict[str, timedelta] = {}
    if Path(course.root, "gradebook.db").is_file():
        with open_gradebook(course) as gradebook:
            try:
                known = gradebook.find_assignment(assignment.name)
            except MissingEntry:
                known = None
            if known and known.duedate:
                due = known.duedate.replace(tzinfo=UTC)
                noted = _noted(gradebook, assignment.name)
            for submission in known.submissions if known else ():
                if submission.extension is not None:
                    extensions[submission.student.id] = submission.extension
    if given is not None:
        general, origin, others = given, Origin.OPTION, (due,)
    elif configured is not None and due in (None, configured, noted):
        general, origin, others = configured, Origin.SETTINGS, (due,)
    elif due is not None:
        general, origin, others = due, Origin.GRADEBOOK, (configured,)
    else:
        general, origin, others = None, Origin.NOWHERE, (None,)
    if general is not None:
        own = {student: general + extension for student, extension in extensions.items()}
    for entry in roster.entries if roster else ():
        if entry.deadline is not None:
            own[entry.student] = entry.deadline
    overruled = next((other for other in others if other not in (None, general)), None)
    return Deadlines(general, own, allowance, clock, origin, overruled)


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


def _noted(gradebook: Gradebook, assignment: str) -> datetime | None:
    """The due date that was last taken from course.toml; None if none was."""
    gradebook.db.execute(text(CREATE))
    row = gradebook.db.execute(text(READ), {"assignment": assignment}).fetchone()
    return None if row is None else datetime.fromisoformat(row[0])
