"""The class list: a CSV file with one row per student, read by `collect`, `return` and `report`.

Columns, in any order: `student` (required: the student's folder in submitted/), `repository` (for
`collect --from git`), `deadline` (for a student with an extension), and how an LMS identifies the
student: `name`, `canvas_id`, `sis_user_id`, `sis_login_id`, `section`.
"""

import csv
import re
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from autograder.errors import AutograderError

FILE_NAME = "roster.csv"
# A folder name that every operating system accepts and that `ls` shows.
STUDENT = re.compile(r"[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]{0,99}")


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


@dataclass(frozen=True)
class Roster:
    """The valid rows, in the order of the file, and one line per invalid row."""

    entries: tuple[RosterEntry, ...]
    problems: tuple[str, ...] = ()

    def entry(self, student: str) -> RosterEntry | None:
        """The row of a student; None if there is none."""
        return next((entry for entry in self.entries if entry.student == student), None)


def read_roster(path: Path) -> Roster:
    """The class list. Raises AutograderError for a file that cannot be read as one.

    A row is left out, and `problems` says why, if its id is used twice or is not a folder name, or
    if its deadline is not a time.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AutograderError(
            f"{path} does not exist: write a CSV file with the columns student,repository"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"{path} cannot be read ({error}): save it as CSV in UTF-8") from None
    known = {part.name for part in fields(RosterEntry)}
    rows = csv.DictReader(text.splitlines(), restval="")
    columns = [(column or "").strip().lower() for column in rows.fieldnames or ()]
    if "student" not in columns:
        found = ", ".join(filter(None, columns)) or "nothing"
        raise AutograderError(f"{path} has no column 'student' in its first line, but {found}")
    rows.fieldnames = columns
    entries: dict[str, RosterEntry] = {}
    problems = []
    for row in rows:
        cells = {key: (row[key] or "").strip() for key in known & set(columns)}
        if not any(cells.values()):
            continue
        place = f"{path.name}, line {rows.line_num}"
        student = cells["student"]
        if not STUDENT.fullmatch(student):
            problems.append(f"{place}: '{student}' is not a valid id: use letters and digits")
        elif student in entries:
            problems.append(f"{place}: '{student}' is listed twice: the first row counts")
        else:
            try:
                deadline = read_time(cells.pop("deadline", ""))
            except ValueError as error:
                problems.append(f"{place}: the deadline of {student} is not valid ({error})")
                continue
            entries[student] = RosterEntry(deadline=deadline, **cells)
    return Roster(tuple(entries.values()), tuple(problems))


def read_time(text: str) -> datetime | None:
    """An instant from ISO 8601 text; None for an empty text.

    Text without a time zone is in this machine's. A date without a time means the last second of
    that day. Raises ValueError for anything else.
    """
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += "T23:59:59"
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise ValueError(
            f"'{text}' is not a time: write 2026-11-30, or 2026-11-30T18:00-06:00"
        ) from None
