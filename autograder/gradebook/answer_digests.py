"""Digests of the written answers that were graded, in a table of our own in nbgrader's database.

nbgrader stores a manual score, but not the text that it was given for. In the same database, the
digests and the scores change in one transaction.
"""

import hashlib
from collections.abc import Mapping

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select

TEXTS = Table(
    "autograder_written_text",
    MetaData(),
    Column("assignment", String, primary_key=True),
    Column("student", String, primary_key=True),
    Column("answer", String, primary_key=True),
    Column("sha256", String, nullable=False),
)


def make_table(gradebook: Gradebook) -> None:
    """Create the table if the database does not have it."""
    TEXTS.create(gradebook.engine, checkfirst=True)


def note_texts(
    gradebook: Gradebook, assignment: str, student: str, texts: Mapping[str, str]
) -> set[str]:
    """Store the digests of a student's answers; returns the names of answers that changed.

    Part of the caller's transaction: commits nothing.
    """
    theirs = (TEXTS.c.assignment == assignment) & (TEXTS.c.student == student)
    query = select(TEXTS.c.answer, TEXTS.c.sha256).where(theirs)
    before = {answer: digest for answer, digest in gradebook.db.execute(query)}
    now = {answer: _digest(text) for answer, text in texts.items()}
    gradebook.db.execute(delete(TEXTS).where(theirs))
    if now:
        owner = {"assignment": assignment, "student": student}
        rows = [{**owner, "answer": answer, "sha256": digest} for answer, digest in now.items()]
        gradebook.db.execute(insert(TEXTS), rows)
    return {answer for answer in now.keys() & before.keys() if now[answer] != before[answer]}


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()
