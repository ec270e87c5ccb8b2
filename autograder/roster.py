"""The class list: a CSV file with one row per student, read by `collect`, `return` and `report`.

Columns, in any order: `student` (required: the student's folder in submitted/), `repository` (for
`collect --from git`), `deadline` (for a student with an extension), `late_waiver` (the weeks
without a late penalty, or `all`), `group` (whose members hand in together), and how an LMS
identifies a student: `name`, `canvas_id`, `sis_user_id`, `sis_login_id`, `section`. An export from
Canvas or Moodle, or Classroom 50's roster.csv, works too.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from autograder.clock import MACHINE_CLOCK, Clock
from autograder.roster_table import read_table
from autograder.text import one_line

FILE_NAME = "roster.csv"
# A folder name that every operating system accepts and that `ls` shows: Windows refuses names of
# devices, and a dot at the end.
STUDENT = re.compile(
    r"(?!(?i:con|prn|aux|nul|com\d|lpt\d)(\.|$))[A-Za-z0-9_@+-]([A-Za-z0-9_.@+-]{0,98}[A-Za-z0-9_@+-])?"
)


@dataclass(frozen=True)
class RosterEntry:
    """One row of the class list."""

    student: str
    repository: str = ""
    deadline: datetime | None = None
    name: str = ""
    canvas_id: str = ""
    sis_user_id: str = ""
    sis_login_id: str = ""
    section: str = ""
    group: str = ""
    late_waiver: str = ""

    @property
    def waived(self) -> tuple[str, ...]:
        """The assignments without a late penalty; 'all' is every one."""
        names = filter(None, re.split(r"[\s,;]+", self.late_waiver))
        return tuple("all" if name.lower() == "all" else name for name in names)

    def waives(self, week: str) -> bool:
        """Whether this student pays no late penalty for a week."""
        return not {week, "all"}.isdisjoint(self.waived)


@dataclass(frozen=True)
class Roster:
    """The valid rows, in the order of the file, and one line per invalid row."""

    entries: tuple[RosterEntry, ...]
    problems: tuple[str, ...] = ()

    def entry(self, student: str) -> RosterEntry | None:
        """The row of a student; None if there is none."""
        return next((entry for entry in self.entries if entry.student == student), None)

    def with_repositories(self, address_of: Callable[[str], str]) -> "Roster":
        """The same list; `address_of` gives the repository of a student whose row names none."""
        entries = (
            entry if entry.repository else replace(entry, repository=address_of(entry.student))
            for entry in self.entries
        )
        return replace(self, entries=tuple(entries))


def unknown_waivers(roster: Roster, weeks: Collection[str]) -> list[str]:
    """A line for each waiver of a late penalty that names no assignment."""
    return [
        f"late_waiver of {entry.student} names '{name}', which is no assignment: write one of "
        f"{', '.join(sorted(weeks))}, or all"
        for entry in roster.entries
        for name in entry.waived
        if name not in (*weeks, "all")
    ]


def read_roster(path: Path, clock: Clock = MACHINE_CLOCK) -> Roster:
    """The class list. Raises AutograderError for a file that cannot be read as one.

    A row is left out, and `problems` says why, if it has more cells than there are columns, if its
    id is used twice or is not a folder name, or if its deadline is not a time of the `clock`. Ids
    that differ in case only would be one folder on macOS and Windows.
    """
    known = frozenset(part.name for part in fields(RosterEntry))
    entries: dict[str, RosterEntry] = {}  # by the id in lower case
    problems = []
    for line in read_table(path, known):
        cells = dict(line.cells)
        place = f"{path.name}, line {line.number}"
        student = cells["student"]
        if line.is_too_long:
            problems.append(
                f"{place}: it has more cells than columns: put a name with a comma in quotes"
            )
        elif not student:
            problems.append(f"{place}: it has no id of a student: fill it in, or delete the row")
        elif not STUDENT.fullmatch(student):
            problems.append(f"{place}: '{student}' is not a valid id: use letters and digits")
        elif student.lower() in entries:
            problems.append(f"{place}: '{student}' is listed twice: the first row counts")
        else:
            try:
                deadline = clock.read(cells.pop("deadline"))
            except ValueError as error:
                problems.append(f"{place}: the deadline of {student} is not valid ({error})")
                continue
            entries[student.lower()] = RosterEntry(deadline=deadline, **cells)
    return Roster(tuple(entries.values()), tuple(map(one_line, problems)))
