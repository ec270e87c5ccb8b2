"""The table in a class list's file: its own columns, or another program's.

Classroom 50's are those of the file roster.csv in an organization's repository classroom50.
Canvas's columns are those of lib/gradebook_exporter.rb in instructure/canvas-lms, and of the file
that its page Groups exports; Moodle's are those of the page Participants and of its grade exports.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.csv_files import read_rows
from autograder.errors import AutograderError

# Rows of a Canvas gradebook that are no students: the points, and the course's test student.
NO_STUDENTS = ("Points Possible", "Student, Test")


@dataclass(frozen=True)
class Export:
    """A known file of an LMS: columns that only it has, and what its columns are to us.

    `name` are the columns with the student's name, `ids` those whose first text becomes the id.
    `role` is the column that tells students from staff, if there is one.
    """

    title: str
    has: frozenset[str]
    one_of: frozenset[str]
    name: tuple[str, ...]
    ids: tuple[str, ...]
    columns: Mapping[str, str]
    role: str = ""

    def fits(self, columns: list[str]) -> bool:
        return self.has <= set(columns) and not self.one_of.isdisjoint(columns)

    def is_staff(self, cells: Mapping[str, str]) -> bool:
        return cells.get(self.role, "").lower() not in ("", "student")


CANVAS_IDS = ("sis login id", "sis user id", "id")
CANVAS_COLUMNS = {
    "id": "canvas_id",
    "sis user id": "sis_user_id",
    "sis login id": "sis_login_id",
    "section": "section",
}
CANVAS_MARKS = frozenset(("sis login id", "sis user id"))
MOODLE_IDS = ("username", "email address", "email", "id number")
MOODLE_COLUMNS = {"username": "sis_login_id", "id number": "sis_user_id"}
MOODLE_COLUMNS |= {"groups": "group", "group": "group"}
EXPORTS = (
    Export(
        "Canvas gradebook",
        frozenset(("student", "id")),
        CANVAS_MARKS,
        ("student",),
        CANVAS_IDS,
        CANVAS_COLUMNS,
    ),
    Export(
        "Canvas gradebook",
        frozenset(("lastname", "firstname", "id")),
        CANVAS_MARKS,
        ("lastname", "firstname"),
        CANVAS_IDS,
        CANVAS_COLUMNS,
    ),
    Export(
        "Canvas groups",
        frozenset(("name", "canvas_user_id")),
        frozenset(("login_id", "user_id", "group_name")),
        ("name",),
        ("login_id", "user_id", "canvas_user_id"),
        {
            "canvas_user_id": "canvas_id",
            "user_id": "sis_user_id",
            "login_id": "sis_login_id",
            "sections": "section",
            "group_name": "group",
        },
    ),
    Export(
        "Moodle participants",
        frozenset(("first name",)),
        frozenset(("last name", "surname")),
        ("last name", "surname", "first name"),
        MOODLE_IDS,
        MOODLE_COLUMNS,
    ),
    Export(
        "Moodle participants",
        frozenset(("full name",)),
        frozenset(MOODLE_IDS),
        ("full name",),
        MOODLE_IDS,
        MOODLE_COLUMNS,
    ),
    Export(
        "Classroom 50",
        frozenset(("username", "first_name", "last_name")),
        frozenset(("github_id", "email", "section")),
        ("last_name", "first_name"),
        ("username",),
        {"section": "section"},
        role="role",
    ),
)


@dataclass(frozen=True)
class Line:
    """One row: its line in the file, its cells by column, and whether it has too many cells."""

    number: int
    cells: Mapping[str, str]
    is_too_long: bool


def read_table(path: Path, known: frozenset[str]) -> list[Line]:
    """The rows with text in one of the `known` columns, an export's columns renamed to these.

    Raises AutograderError, with what to do, for a file that is no such table.
    """
    rows = read_rows(path, "write a CSV file with the columns student,repository")
    columns = [cell.lower() for cell in rows[0][1]] if rows else []
    export = next((export for export in EXPORTS if export.fits(columns)), None)
    if export is None and "student" not in columns:
        found = ", ".join(filter(None, columns)) or "nothing"
        raise AutograderError(
            f"{path} has no column 'student' in its first line, but {found}: add the column, or "
            "export the gradebook from Canvas or the participants from Moodle"
        )
    if export is not None and not {"student", *export.ids} & set(columns) - set(export.name):
        raise AutograderError(
            f"{path} is a {export.title} export without {' or '.join(map(repr, export.ids))}: "
            "add one of these columns"
        )
    ours = known | (set(export.columns) | {*export.name, *export.ids} if export else set())
    twice = [column for column in columns if column in ours and columns.count(column) > 1]
    if twice:
        raise AutograderError(f"{path} has the column '{twice[0]}' twice: remove one of them")
    lines = []
    for number, row in rows[1:]:
        cells = dict(zip(columns, row, strict=False))
        if export and export.is_staff(cells):
            continue
        cells = _renamed(cells, export) if export else cells
        cells = {column: cells.get(column, "") for column in known}
        if any(cells.values()) and not (export and cells["name"] in NO_STUDENTS):
            lines.append(Line(number, cells, any(row[len(columns) :])))
    return lines


def _renamed(cells: Mapping[str, str], export: Export) -> dict[str, str]:
    """The cells of an export's row by our columns. Columns that were added to the file stay."""
    kept = {column: text for column, text in cells.items() if column not in export.name}
    kept |= {ours: cells[theirs] for theirs, ours in export.columns.items() if theirs in cells}
    names = [cells[column] for column in export.name if cells.get(column)]
    ids = [cells[column] for column in export.ids if cells.get(column)]
    kept["name"] = ", ".join(names)
    kept["student"] = kept.get("student") or next(iter(ids), "")
    return kept
