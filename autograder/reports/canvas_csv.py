"""The CSV file that Canvas's gradebook imports: one assignment, one row per student.

Canvas identifies a student by ID, else SIS User ID, else SIS Login ID, else name. It changes
nothing for students who are not in the file, but an empty cell deletes a score that Canvas has
(lib/gradebook_importer.rb and process_gradebook_upload.js in instructure/canvas-lms post a change
for every cell that differs). So a student without a final score gets no row, and `Sheet.lines`
names these students.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment
from autograder.files import write_atomically
from autograder.gradebook.totals import Totals
from autograder.results.model import Status, SubmissionResult
from autograder.roster import FILE_NAME, Roster, RosterEntry
from autograder.text import as_points

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"  # marks the second row for Canvas
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Sheet:
    """The rows to import, and the students whose row is missing or needs attention."""

    column: str
    max_score: float
    rows: tuple[tuple[RosterEntry, float], ...]
    so_far: bool = False
    needs_grading: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def text(self) -> str:
        """The CSV file."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, harmless(self.column)])
        writer.writerow([POINTS_POSSIBLE, "", "", "", "", as_points(self.max_score)])
        for entry, points in self.rows:
            name, login = entry.name or entry.student, entry.sis_login_id or entry.student
            who = (name, entry.canvas_id, entry.sis_user_id, login, entry.section)
            writer.writerow([*map(harmless, who), as_points(points)])
        return file.getvalue()

    def lines(self) -> list[str]:
        """What to know before importing the file, one line per kind of student."""
        needs_grading = "points so far, still need manual grading" if self.so_far else (
            "left out until you grade them in formgrader (--so-far writes their points so far)"
        )  # fmt: skip
        students = {
            needs_grading: self.needs_grading,
            "left out, no graded submission": self.absent,
            "0 points, the notebook could not be run": self.failed,
            f"not in {FILE_NAME}, so Canvas must recognize their ids": self.strangers,
        }
        return [f"{what}: {', '.join(names)}" for what, names in students.items() if names]


def make_sheet(
    assignment: Assignment,
    totals: Totals,
    results: Sequence[SubmissionResult],
    roster: Roster | None = None,
    *,
    column: str = "",
    so_far: bool = False,
) -> Sheet:
    """The students with a final score (with `so_far`, with any score), in the roster's order."""
    entries = {entry.student: entry for entry in roster.entries} if roster else {}
    strangers = sorted(totals.students.keys() - entries.keys())
    everyone = [*entries.values(), *map(RosterEntry, strangers)]
    there = {p: totals.students[p.student] for p in everyone if p.student in totals.students}
    rows = [
        (entry, total.points) for entry, total in there.items() if so_far or not total.needs_grading
    ]
    written = {entry.student for entry, _ in rows}
    failed = {result.student for result in results if result.status is Status.FAILED}
    return Sheet(
        column=column or assignment.name,
        # nbgrader has no bonus points and adds them to the maximum score.
        max_score=totals.max_score - max((result.bonus for result in results), default=0.0),
        rows=tuple(rows),
        so_far=so_far,
        needs_grading=tuple(entry.student for entry, total in there.items() if total.needs_grading),
        absent=tuple(student for student in entries if student not in totals.students),
        strangers=tuple(student for student in strangers if roster and student in written),
        failed=tuple(sorted(failed & written)),
    )


def write_sheet(assignment: Assignment, sheet: Sheet) -> Path:
    """Write the file to reports/ under a name that differs from nbgrader's `grades.csv`."""
    return write_atomically(assignment.class_page.with_name(sheet_name(assignment)), sheet.text())


def sheet_name(assignment: Assignment) -> str:
    """The file's name in reports/."""
    return f"{assignment.name}-grades.csv"


def harmless(text: str) -> str:
    """One line of text that a spreadsheet does not read as a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA) else line
