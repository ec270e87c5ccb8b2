"""Writes scores and comments that people entered in a spreadsheet, as formgrader writes them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.rows import Entered, SheetRow, plain_comment

# A table of our own: nbgrader has no place for a rubric's points, and for who gave them.
CREATE = """
CREATE TABLE IF NOT EXISTS autograder_sheet_row (
    assignment TEXT NOT NULL, student TEXT NOT NULL, answer TEXT NOT NULL, digest TEXT NOT NULL,
    score REAL, comment TEXT NOT NULL, points TEXT NOT NULL, grader TEXT NOT NULL,
    PRIMARY KEY (assignment, student, answer)
)
"""
INSERT = """
INSERT OR REPLACE INTO autograder_sheet_row
VALUES (:assignment, :student, :answer, :digest, :score, :comment, :points, :grader)
"""


@dataclass(frozen=True)
class Entry:
    """A written answer, what was entered for it before, and the row that is entered now.

    `confirms` says that the row has a score of its own, so the answer needs no more grading.
    """

    student: str
    question: str
    before: Entered
    row: SheetRow
    confirms: bool = True


def enter(course: Course, assignment: Assignment, entries: Sequence[Entry]) -> None:
    """Write all entries, or none.

    Raises AutograderError if what is in the gradebook is not what an entry says, because somebody
    entered something in formgrader since it was read.
    """
    if not entries:
        return
    notebook = assignment.release_notebook.stem
    with open_gradebook(course) as gradebook:
        # From here on no other program can write, so what is read stays as it is until the commit.
        gradebook.db.execute(text("BEGIN IMMEDIATE"))
        try:
            gradebook.db.execute(text(CREATE))
            for entry in entries:
                place = (entry.question, notebook, assignment.name, entry.student)
                grade, comment = gradebook.find_grade(*place), gradebook.find_comment(*place)
                now = Entered(grade.manual_score, plain_comment(comment.manual_comment))
                if now != entry.before:
                    raise AutograderError(
                        f"somebody graded {entry.question} of {entry.student} in this moment: "
                        "nothing was imported; run the command again"
                    )
                after = entry.row.entered
                if entry.confirms:
                    grade.manual_score = after.score
                    grade.needs_manual_grade = False
                if after.comment != entry.before.comment:
                    comment.manual_comment = after.comment
                gradebook.db.execute(text(INSERT), _note(assignment, entry))
            gradebook.db.commit()
        finally:
            gradebook.db.rollback()


def _note(assignment: Assignment, entry: Entry) -> dict[str, str | float | None]:
    row = entry.row
    return {
        "assignment": assignment.name,
        "student": entry.student,
        "answer": entry.question,
        "digest": row.digest,
        "score": row.entered.score,
        "comment": row.entered.comment,
        "points": json.dumps(row.points),
        "grader": row.grader,
    }
