"""The class list: one CSV, a row a student, that collecting, returning and reporting read.

Columns, in any order: `student` (the name of the folder in submitted/, required), `repository`
(for collecting from git), `deadline` (this student's own, for an extension), and what an LMS knows
a student by: `name`, `canvas_id`, `sis_user_id`, `sis_login_id`, `section`.
"""

import csv
import re
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from autograder.errors import AutograderError

FILE_NAME = "roster.csv"
# A folder's name that is a folder's name on every system, hidden from no command.
STUDENT = re.compile(r"[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]{0,99}")


@dataclass(frozen=True)
class Pupil:
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
    """The rows that can be used, in the file's order, and a line for each that cannot."""

    pupils: tuple[Pupil, ...]
    problems: tuple[str, ...] = ()

    def pupil(self, student: str) -> Pupil | None:
        return next((pupil for pupil in self.pupils if pupil.student == student), None)


def read_roster(path: Path) -> Roster:
    """The class list. Raises AutograderError for a file that is none.

    A row with an id that is doubled or no folder's name, or a deadline that is none, is left out
    and named in `problems`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AutograderError(
            f"{path} does not exist: write a CSV file with the columns student,repository"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"{path} cannot be read ({error}): save it as CSV in UTF-8") from None
    known = {part.name for part in fields(Pupil)}
    rows = csv.DictReader(text.splitlines(), restval="")
    columns = [(column or "").strip().lower() for column in rows.fieldnames or ()]
    if "student" not in columns:
        found = ", ".join(filter(None, columns)) or "nothing"
        raise AutograderError(f"{path} has no column 'student' in its first line, but {found}")
    rows.fieldnames = columns
    pupils: dict[str, Pupil] = {}
    problems = []
    for row in rows:
        cells = {key: (row[key] or "").strip() for key in known & set(columns)}
        if not any(cells.values()):
            continue
        place = f"{path.name}, line {rows.line_num}"
        student = cells["student"]
        if not STUDENT.fullmatch(student):
            problems.append(f"{place}: '{student}' is no id: use letters and digits")
        elif student in pupils:
            problems.append(f"{place}: '{student}' is there twice: the first row counts")
        else:
            try:
                deadline = read_time(cells.pop("deadline", ""))
            except ValueError as error:
                problems.append(f"{place}: {student}'s deadline is none ({error})")
                continue
            pupils[student] = Pupil(deadline=deadline, **cells)
    return Roster(tuple(pupils.values()), tuple(problems))


def read_time(text: str) -> datetime | None:
    """An instant from ISO 8601 text, in this machine's time zone where it names none; None for ''.

    A day alone means its last second. Raises ValueError for anything else.
    """
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += "T23:59:59"
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise ValueError(
            f"'{text}' is no time: write 2026-11-30, or 2026-11-30T18:00-06:00"
        ) from None
