"""The state of the term: how many submissions of each week are collected, graded and returned.

It is called often, so it imports neither nbgrader nor PyTorch, and opens no notebook.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from autograder.clock import Clock
from autograder.course import Assignment, Course
from autograder.files import read_plain
from autograder.gradebook.deadlines import Deadlines, current_deadlines
from autograder.gradebook.rows import Rows, read_rows
from autograder.reports import freshness
from autograder.results.store import FILE_NAME
from autograder.roster import Roster
from autograder.settings import read_settings

EVERYBODY = "all"
NO_GROUP = "no group"
UNLISTED = "not listed"
STAMP = "timestamp.txt"  # nbgrader's name for it
MAX_STAMP = 4096  # bytes
UTC_CLOCK = Clock(ZoneInfo("UTC"))  # nbgrader's, for a time without a zone


@dataclass(frozen=True)
class GroupStatus:
    """Numbers of students in one week and group; `students` is None without a class list.

    `waiting` are graded submissions that need manual grading. `returned` have their latest feedback
    in their repository. `late` submissions came after the student's own deadline. `deadline` is the
    class's, in UTC, and `deadline_from` says where it comes from.
    """

    week: str
    group: str
    students: int | None
    collected: int = 0
    graded: int = 0
    waiting: int = 0
    returned: int = 0
    late: int = 0
    deadline: str | None = None
    deadline_from: str = ""


def read_status(
    course: Course, assignments: Iterable[Assignment], roster: Roster | None
) -> list[GroupStatus]:
    """One entry per week and group, in the order of the weeks and of the groups' names."""
    groups = groups_of(roster) if roster else {}
    return [
        one for assignment in assignments for one in _of_week(course, assignment, roster, groups)
    ]


def groups_of(roster: Roster) -> dict[str, str]:
    """Student -> group: the class list's column `group`, else `section`, else one group of all."""
    for column in ("group", "section"):
        named = {entry.student: str(getattr(entry, column)) for entry in roster.entries}
        if any(named.values()):
            return {student: group or NO_GROUP for student, group in named.items()}
    return {entry.student: EVERYBODY for entry in roster.entries}


def _of_week(
    course: Course, assignment: Assignment, roster: Roster | None, groups: Mapping[str, str]
) -> list[GroupStatus]:
    rows = read_rows(course, assignment) or Rows()
    collected = set(assignment.students())
    graded = {s for s in collected if (assignment.autograded(s) / FILE_NAME).is_file()}
    waiting = {grade.student for grade in rows.grades if grade.needs_grading} & graded
    returned = {student for student in graded if freshness.was_returned(assignment, student)}
    deadlines = current_deadlines(rows, roster, read_settings(course.root), assignment.name)
    late = _late(assignment, collected, rows, deadlines)
    due = deadlines.general.isoformat() if deadlines.general else None
    listed = set(groups)
    other = UNLISTED if roster else EVERYBODY
    members: dict[str, set[str]] = {group: set() for group in sorted(set(groups.values()))}
    for student in listed | collected:
        members.setdefault(groups.get(student, other), set()).add(student)
    if not members:
        members = {EVERYBODY: set()}
    return [
        GroupStatus(
            assignment.name,
            group,
            len(inside & listed) if roster else None,
            len(inside & collected),
            len(inside & graded),
            len(inside & waiting),
            len(inside & returned),
            len(inside & late),
            due,
            str(deadlines.origin),
        )
        for group, inside in members.items()
    ]


def _late(
    assignment: Assignment, collected: Iterable[str], rows: Rows, deadlines: Deadlines
) -> set[str]:
    """The students whose submission came after their deadline."""
    recorded = {
        one.student: datetime.fromisoformat(one.submitted).replace(tzinfo=UTC)
        for one in rows.times
        if one.submitted
    }
    late = set()
    for student in collected:
        due = deadlines.of(student)
        submitted = _stamp(assignment, student) or recorded.get(student)
        if due and submitted and submitted > due:
            late.add(student)
    return late


def _stamp(assignment: Assignment, student: str) -> datetime | None:
    """When a collected submission was handed in; None if its folder does not say."""
    try:
        text = read_plain(assignment.submitted(student), STAMP, MAX_STAMP)
        return UTC_CLOCK.read(text.decode()) if text else None
    except (OSError, ValueError):
        return None
