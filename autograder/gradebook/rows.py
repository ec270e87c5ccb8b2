"""Reads an assignment's rows in nbgrader's database, with SQL.

nbgrader takes a second to import and milliseconds per submission, so what is only read comes from
here. The tables are those of nbgrader's `api.py`; writing goes through nbgrader.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from autograder.clock import Clock
from autograder.course import Assignment, Course

EPOCH = datetime(1970, 1, 1)  # SQLAlchemy stores an interval as the time since then
SUBMISSIONS = """
FROM assignment JOIN submitted_assignment AS submission ON submission.assignment_id = assignment.id
JOIN submitted_notebook AS notebook ON notebook.assignment_id = submission.id
"""
CHOSEN = "WHERE assignment.name = :assignment AND :student IN ('', submission.student_id)"
GRADES = f"""
SELECT submission.student_id, cell.name, auto_score, manual_score, extra_credit, needs_manual_grade,
    COALESCE(grade_cells.max_score, task_cells.max_score, 0.0)
{SUBMISSIONS} JOIN grade ON grade.notebook_id = notebook.id
JOIN base_cell AS cell ON cell.id = grade.cell_id
LEFT JOIN grade_cells ON grade_cells.id = cell.id LEFT JOIN task_cells ON task_cells.id = cell.id
{CHOSEN} ORDER BY submission.student_id, cell.name
"""
COMMENTS = f"""
SELECT submission.student_id, cell.name, auto_comment, manual_comment
{SUBMISSIONS} JOIN comment ON comment.notebook_id = notebook.id
JOIN base_cell AS cell ON cell.id = comment.cell_id
{CHOSEN} ORDER BY submission.student_id, cell.name
"""
TIMES = f"""
SELECT submission.student_id, submission.timestamp, submission.extension, assignment.duedate,
    SUM(COALESCE(notebook.late_submission_penalty, 0.0))
{SUBMISSIONS} {CHOSEN} GROUP BY submission.id ORDER BY submission.student_id
"""
ASSIGNMENT = """
SELECT SUM(COALESCE(grade_cells.max_score, 0.0) + COALESCE(task_cells.max_score, 0.0)),
    assignment.duedate
FROM assignment LEFT JOIN notebook ON notebook.assignment_id = assignment.id
LEFT JOIN base_cell AS cell ON cell.notebook_id = notebook.id
LEFT JOIN grade_cells ON grade_cells.id = cell.id LEFT JOIN task_cells ON task_cells.id = cell.id
WHERE assignment.name = :assignment GROUP BY assignment.id
"""
FINGERPRINTS = """
SELECT student, fingerprint FROM autograder_recorded
WHERE assignment = :assignment AND :student IN ('', student)
"""
NOTED_DUE = "SELECT due FROM autograder_deadlines WHERE assignment = :assignment"
SHEET_ROWS = """
SELECT student, answer, digest, score, comment, points, grader FROM autograder_sheet_row
WHERE assignment = :assignment AND :student IN ('', student)
"""


class Grade(NamedTuple):
    """A cell's grade, automatic and entered by a person."""

    student: str
    cell: str
    automatic: float | None
    manual: float | None
    extra_credit: float | None
    needs_grading: int
    max_score: float

    @property
    def score(self) -> float:
        """The points, as nbgrader counts them: a manual score replaces the automatic score."""
        score = self.automatic if self.manual is None else self.manual
        return 0.0 if score is None else score + (self.extra_credit or 0.0)


class Comment(NamedTuple):
    """A cell's comments."""

    student: str
    cell: str
    automatic: str | None
    manual: str | None

    @property
    def text(self) -> str | None:
        """What a student reads: a manual comment replaces the automatic one, as in nbgrader."""
        return self.automatic if self.manual is None else self.manual


class Entered(NamedTuple):
    """What a person entered for a cell; the comment is '' if there is none."""

    score: float | None = None
    comment: str = ""


def plain_comment(text: str | None) -> str:
    """A comment without what editors change: spaces around it, and how its lines end."""
    return "\n".join((text or "").strip().splitlines())


class SheetRow(NamedTuple):
    """The row of a spreadsheet that was imported last for an answer, and what it entered.

    `points` are those of the rubric's items, None where the row has none; empty without any.
    """

    digest: str
    entered: Entered
    points: tuple[float | None, ...] = ()
    grader: str = ""


class Times(NamedTuple):
    """A submission's times, as the database stores them, and its late penalty."""

    student: str
    submitted: str | None
    extension: str | None
    due: str | None
    penalty: float

    @property
    def deadline(self) -> datetime | None:
        """The deadline, extended for this student, in UTC without a zone."""
        if self.due is None:
            return None
        return datetime.fromisoformat(self.due) + self.extended_by

    @property
    def extended_by(self) -> timedelta:
        """The student's extension."""
        return datetime.fromisoformat(self.extension) - EPOCH if self.extension else timedelta()

    @property
    def instants(self) -> tuple[datetime, datetime] | None:
        """When it was submitted, and this student's deadline; None if one is not known."""
        if self.submitted is None or (due := self.deadline) is None:
            return None
        return datetime.fromisoformat(self.submitted).replace(tzinfo=UTC), due.replace(tzinfo=UTC)

    @property
    def seconds_late(self) -> float:
        """The seconds after the deadline, extended for this student; 0 if there is none."""
        if self.instants is None:
            return 0.0
        submitted, due = self.instants
        return max(0.0, (submitted - due).total_seconds())

    def days_late(self, clock: Clock) -> int:
        """The days after the deadline on the clock's calendar, a day that has begun included."""
        return clock.days_late(*self.instants) if self.instants else 0


class Rows(NamedTuple):
    """An assignment's rows, by student, and the fingerprints of the results that are recorded.

    `due` is the class's deadline, as the database stores it. `noted_due` is the one that was last
    taken from course.toml.
    """

    max_score: float = 0.0
    grades: Sequence[Grade] = ()
    comments: Sequence[Comment] = ()
    times: Sequence[Times] = ()
    fingerprints: Mapping[str, str] = MappingProxyType({})
    due: str | None = None
    sheet_rows: Mapping[tuple[str, str], SheetRow] = MappingProxyType({})  # (student, answer) ->
    noted_due: str | None = None

    def entered(self) -> dict[tuple[str, str], Entered]:
        """(student, cell) -> what a person entered, for each cell that has points."""
        comments = {(one.student, one.cell): plain_comment(one.manual) for one in self.comments}
        keys = ((grade.student, grade.cell) for grade in self.grades)
        scores = (grade.manual for grade in self.grades)
        return {
            key: Entered(score, comments.get(key, ""))
            for key, score in zip(keys, scores, strict=True)
        }

    def digests(self) -> dict[str, str]:
        """Student -> a digest of all that a page shows of their rows."""
        found: dict[str, hashlib._Hash] = {}
        rows: list[Grade | Comment | Times] = [*self.grades, *self.comments, *self.times]
        for row in rows:
            found.setdefault(row.student, hashlib.sha256()).update(repr(row).encode())
        return {student: digest.hexdigest() for student, digest in found.items()}


def read_rows(course: Course, assignment: Assignment, student: str = "") -> Rows | None:
    """The rows of all submissions, or of one student's. None if there is no such gradebook yet."""
    path = course.root / "gradebook.db"
    if not path.is_file():
        return None
    chosen = {"assignment": assignment.name, "student": student}
    # Not "mode=ro": what a killed command left half written must be rolled back before it is read.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=30)) as database:
        database.execute("PRAGMA query_only = ON")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if "submitted_assignment" not in tables:
            return None
        found = database.execute(ASSIGNMENT, chosen).fetchone()
        if found is None:
            return None
        score, due = found
        recorded = "autograder_recorded" in tables  # else an earlier version wrote this gradebook
        return Rows(
            float(score or 0.0),
            [Grade(*row) for row in database.execute(GRADES, chosen)],
            [Comment(*row) for row in database.execute(COMMENTS, chosen)],
            [Times(*row) for row in database.execute(TIMES, chosen)],
            dict(database.execute(FINGERPRINTS, chosen)) if recorded else {},
            due,
            _sheet_rows(database, chosen) if "autograder_sheet_row" in tables else {},
            _noted_due(database, chosen) if "autograder_deadlines" in tables else None,
        )


def _noted_due(database: sqlite3.Connection, chosen: Mapping[str, str]) -> str | None:
    row = database.execute(NOTED_DUE, chosen).fetchone()
    return None if row is None else str(row[0])


def _sheet_rows(
    database: sqlite3.Connection, chosen: Mapping[str, str]
) -> dict[tuple[str, str], SheetRow]:
    return {
        (student, answer): SheetRow(digest, Entered(score, comment), tuple(json.loads(points)), by)
        for student, answer, digest, score, comment, points, by in database.execute(
            SHEET_ROWS, chosen
        )
    }
