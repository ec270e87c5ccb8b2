"""Notes in the gradebook which result was written for each submission.

The note is in a table of our own, and changes in the same transaction as the scores. So a run that
was stopped before that writes them again. `rows` reads it.
"""

from nbgrader.api import Gradebook
from sqlalchemy import text

CREATE = """
CREATE TABLE IF NOT EXISTS autograder_recorded (
    assignment TEXT NOT NULL, student TEXT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (assignment, student)
)
"""
INSERT = "INSERT OR REPLACE INTO autograder_recorded VALUES (:assignment, :student, :fingerprint)"


def make_table(gradebook: Gradebook) -> None:
    """Create the table if the database does not have it."""
    gradebook.db.execute(text(CREATE))
    gradebook.db.commit()


def note_result(gradebook: Gradebook, assignment: str, student: str, fingerprint: str) -> None:
    """Note which result was written. Part of the caller's transaction: commits nothing."""
    row = {"assignment": assignment, "student": student, "fingerprint": fingerprint}
    gradebook.db.execute(text(INSERT), row)
