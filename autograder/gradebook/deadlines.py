"""The class's deadline and individual deadlines, until which a submission counts.

nbgrader's gradebook stores them as due date and extensions, so formgrader shows them too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.clock import MACHINE_CLOCK, Clock
from autograder.course import Assignment, Course
from autograder.gradebook.cells import register
from autograder.gradebook.database import open_gradebook
from autograder.roster import Roster


@dataclass(frozen=True)
class Deadlines:
    """The class's deadline `general`, individual ones in `own`, and the `allowance` for both.

    The allowance is in whole days of the `clock`, which a change of clocks makes longer or shorter.
    """

    general: datetime | None = None
    own: Mapping[str, datetime] = field(default_factory=dict)
    allowance: timedelta = timedelta()
    clock: Clock = MACHINE_CLOCK

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
) -> Deadlines:
    """Deadlines from the roster and from `given`, otherwise from the gradebook."""
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
    return Deadlines(general, own, allowance, clock)


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
        gradebook.update_or_create_assignment(assignment.name, duedate=deadlines.general)
        for student in extended:
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(assignment.name, student)
            minutes = (deadlines.own[student] - deadlines.general).total_seconds() / 60
            gradebook.grant_extension(assignment.name, student, minutes=minutes)
