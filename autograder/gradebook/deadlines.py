"""The class's deadline and individual deadlines, until which a submission counts.

nbgrader's gradebook stores them as due date and extensions, so formgrader shows them too. A table
of our own notes the due date that came from course.toml: if the gradebook has another one, a person
entered it there, and it counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from autograder.clock import MACHINE_CLOCK, Clock
from autograder.course import Assignment, Course
from autograder.gradebook.rows import Rows, read_rows
from autograder.roster import FILE_NAME, Roster, read_roster
from autograder.settings import Settings, read_settings

SECOND = timedelta(seconds=1)  # nbgrader stores an extension in minutes, rounded


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
    rows = read_rows(course, assignment) or Rows()
    found = _decided(rows, roster, given, configured)
    return replace(found, allowance=allowance, clock=clock)


def current_deadlines(
    rows: Rows, roster: Roster | None, settings: Settings, week: str
) -> Deadlines:
    """What lateness is counted from: the deadlines that `collect` without an option would use.

    In a week that is collected from Canvas, a later date that was recorded for a student is theirs
    from Canvas, which is not asked here, and counts more than the class list's.
    """
    found = _decided(rows, roster, None, settings.deadline_of(week))
    if settings.week(week).canvas_assignment is not None:
        recorded = _recorded(rows)
        own = {s: max(due, recorded.get(s, due)) for s, due in found.own.items()}
        found = replace(found, own=own)
    return replace(found, clock=settings.clock)


def update_deadlines(course: Course, assignment: Assignment) -> None:
    """Bring the gradebook up to date with course.toml and the class list.

    Raises AutograderError if there is a deadline, and the class list cannot be read.
    """
    settings = read_settings(course.root)
    rows = read_rows(course, assignment) or Rows()
    if rows.due is None and settings.deadline_of(assignment.name) is None:
        return
    path = course.root / FILE_NAME
    roster = read_roster(path, settings.clock) if path.is_file() else None
    wanted = current_deadlines(rows, roster, settings, assignment.name)
    recorded = _recorded(rows)
    students = [student for student in assignment.students() if student in wanted.own]
    due = _in_utc(rows.due)
    if due is not None and due == wanted.general:
        students = [s for s in students if abs(recorded.get(s, due) - wanted.own[s]) >= SECOND]
        if not students:
            return
    # Imported here, because it imports nbgrader, which takes a second.
    from autograder.gradebook.due_dates import record_deadlines

    record_deadlines(course, assignment, wanted, students)


def _decided(
    rows: Rows, roster: Roster | None, given: datetime | None, configured: datetime | None
) -> Deadlines:
    due, noted = _in_utc(rows.due), _in_utc(rows.noted_due)
    if given is not None:
        general, origin, others = given, Origin.OPTION, (due,)
    elif configured is not None and due in (None, configured, noted):
        general, origin, others = configured, Origin.SETTINGS, (due,)
    elif due is not None:
        general, origin, others = due, Origin.GRADEBOOK, (configured,)
    else:
        general, origin, others = None, Origin.NOWHERE, (None,)
    own: dict[str, datetime] = {}
    if general is not None:
        own = {one.student: general + one.extended_by for one in rows.times if one.extension}
    for entry in roster.entries if roster else ():
        if entry.deadline is not None:
            own[entry.student] = entry.deadline
    overruled = next((other for other in others if other not in (None, general)), None)
    return Deadlines(general, own, origin=origin, overruled=overruled)


def _recorded(rows: Rows) -> dict[str, datetime]:
    """The deadlines in the gradebook of the students who have an extension there."""
    due = _in_utc(rows.due)
    return {one.student: due + one.extended_by for one in rows.times if one.extension and due}


def _in_utc(time: str | None) -> datetime | None:
    if time is None:
        return None
    instant = datetime.fromisoformat(time)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
