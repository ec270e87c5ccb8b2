"""The file that Canvas's gradebook imports: one assignment, a row a student with a final score.

Canvas looks a student up by ID, else SIS User ID, else SIS Login ID, else name, and leaves everyone
alone who is not in the file. An empty cell is not the same: where Canvas holds a score, it clears
it (lib/gradebook_importer.rb and process_gradebook_upload.js in instructure/canvas-lms, where a
change is posted for every cell that differs). So whoever has no final score has no row here, and
is named to the person who asked for the file.
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

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"  # the mark by which Canvas knows its second row
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Sheet:
    """The rows to import, and by student why a row is missing or worth a look."""

    column: str
    max_score: float
    rows: tuple[tuple[RosterEntry, float], ...]
    so_far: bool = False
    waiting: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def text(self) -> str:
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, harmless(self.column)])
        writer.writerow([POINTS_POSSIBLE, "", "", "", "", number(self.max_score)])
        for entry, points in self.rows:
            name, login = entry.name or entry.student, entry.sis_login_id or entry.student
            who = (name, entry.canvas_id, entry.sis_user_id, login, entry.section)
            writer.writerow([*map(harmless, who), number(points)])
        return file.getvalue()

    def lines(self) -> list[str]:
        """What its reader must know before importing it, a line each."""
        waiting = "points so far, a person has not graded all of it" if self.so_far else (
            "left out until a person has graded them in formgrader (--so-far writes their points "
            "so far)"
        )  # fmt: skip
        told = {
            waiting: self.waiting,
            "left out, nothing of theirs is graded": self.absent,
            "0 points, their notebooks could not be run": self.failed,
            f"not in {FILE_NAME}, so Canvas must know them by their id": self.strangers,
        }
        return [f"{what}: {', '.join(who)}" for what, who in told.items() if who]


def make_sheet(
    assignment: Assignment,
    totals: Totals,
    results: Sequence[SubmissionResult],
    roster: Roster | None = None,
    *,
    column: str = "",
    so_far: bool = False,
) -> Sheet:
    """Whose score is final (or, with `so_far`, whose there is), in the roster's order."""
    entries = {entry.student: entry for entry in roster.entries} if roster else {}
    strangers = sorted(totals.students.keys() - entries.keys())
    everyone = [*entries.values(), *map(RosterEntry, strangers)]
    there = {p: totals.students[p.student] for p in everyone if p.student in totals.students}
    rows = [(entry, total.points) for entry, total in there.items() if so_far or not total.waiting]
    written = {entry.student for entry, _ in rows}
    failed = {result.student for result in results if result.status is Status.FAILED}
    return Sheet(
        column=column or assignment.name,
        # nbgrader knows no bonus and counts it into the highest score.
        max_score=totals.max_score - max((result.bonus for result in results), default=0.0),
        rows=tuple(rows),
        so_far=so_far,
        waiting=tuple(entry.student for entry, total in there.items() if total.waiting),
        absent=tuple(student for student in entries if student not in totals.students),
        strangers=tuple(student for student in strangers if roster and student in written),
        failed=tuple(sorted(failed & written)),
    )


def write_sheet(assignment: Assignment, sheet: Sheet) -> Path:
    """Write it into reports/, where nothing is written by hand; `grades.csv` is nbgrader's."""
    return write_atomically(assignment.class_page.with_name(sheet_name(assignment)), sheet.text())


def sheet_name(assignment: Assignment) -> str:
    return f"{assignment.name}-grades.csv"


def harmless(text: str) -> str:
    """One line of text that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA) else line


def number(points: float) -> str:
    """Canvas keeps two decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
