"""Which text of each written answer the gradebook knows, in a table of our own in its database.

nbgrader keeps the score that a person gave, and not for which text. Kept in the same database, the
texts' digests are there or not there together with the scores, however a run ends.
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
    """Make the table where the database does not have it yet."""
    TEXTS.create(gradebook.engine, checkfirst=True)


def note_texts(
    gradebook: Gradebook, assignment: str, student: str, texts: Mapping[str, str]
) -> set[str]:
    """Note what a student's answers say now; the names of those that said something else before.

    Belongs to the transaction that is open, and commits nothing.
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
