"""Writes scores and comments that people entered in a spreadsheet, as formgrader writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.rows import Entered, plain_comment


@dataclass(frozen=True)
class Entry:
    """A written answer, what was entered for it before, and what is entered now."""

    student: str
    question: str
    before: Entered
    after: Entered


def enter(course: Course, assignment: Assignment, entries: Sequence[Entry]) -> None:
    """Write all entries, or none.

    Raises AutograderError if what is in the gradebook is not what an entry says, because somebody
    entered something in formgrader since it was read.
    """
    if not entries:
        return
    notebook = assignment.release_notebook.stem
    with open_gradebook(course) as gradebook:
        # From here on nobody else can write, so what is read stays as it is until the commit.
        gradebook.db.execute(text("BEGIN IMMEDIATE"))
        try:
            for entry in entries:
                place = (entry.question, notebook, assignment.name, entry.student)
                grade, comment = gradebook.find_grade(*place), gradebook.find_comment(*place)
                now = Entered(grade.manual_score, plain_comment(comment.manual_comment))
                if now != entry.before:
                    raise AutograderError(
                        f"somebody graded {entry.question} of {entry.student} in this moment: "
                        "nothing was imported; run the command again"
                    )
                if entry.after.score is not None:
                    grade.manual_score = entry.after.score
                    grade.needs_manual_grade = False
                if entry.after.comment != entry.before.comment:
                    comment.manual_comment = entry.after.comment
            gradebook.db.commit()
        finally:
            gradebook.db.rollback()
