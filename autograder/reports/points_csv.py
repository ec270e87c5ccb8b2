"""A CSV file for TAs: each student's points, days late, late penalty, and total.

Canvas would read further columns as assignments, so its own file has the total only.
"""

import csv
import io
from pathlib import Path

from autograder.course import Assignment
from autograder.files import write_atomically
from autograder.gradebook.totals import Totals
from autograder.reports.canvas_csv import harmless
from autograder.roster import Roster
from autograder.text import as_points

COLUMNS = (
    "student", "name", "points", "days_late", "late_penalty", "late_waiver", "total",
    "needs_grading",
)  # fmt: skip


def points_text(assignment: Assignment, totals: Totals, roster: Roster | None) -> str:
    """The file's text: one row per student with a submission, sorted by student."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for student, total in sorted(totals.students.items()):
        entry = roster.entry(student) if roster else None
        waived = entry is not None and entry.waives(assignment.name)
        writer.writerow(
            (
                harmless(student),
                harmless(entry.name if entry else ""),
                as_points(sum(mark.points for mark in total.marks)),
                total.days_late,
                as_points(total.penalty),
                "yes" if waived else "",
                as_points(total.points),
                "yes" if total.needs_grading else "",
            )
        )
    return file.getvalue()


def write_points(assignment: Assignment, totals: Totals, roster: Roster | None = None) -> Path:
    """Write the file to reports/; returns its path."""
    path = assignment.class_page.with_name(f"{assignment.name}-points.csv")
    return write_atomically(path, points_text(assignment, totals, roster))
