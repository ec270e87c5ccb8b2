"""Writes the sheets of an assignment, with the pictures of the answers beside them."""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import read_or_none, write_atomically
from autograder.written.answers import Answer, Question
from autograder.written.sheet import Row, sheet_text

# Not SVG: a browser that opens such a file runs the scripts in it.
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
NOT_WRITTEN = "a picture of another kind: look at it in formgrader"


@dataclass(frozen=True)
class Exported:
    """One question's sheet: its text, its pictures by path, and how many answers it has.

    `bank` is the text of its comment bank, '' if there are no comments yet.
    """

    path: Path
    text: str
    bank: str = ""
    pictures: Mapping[Path, bytes] = field(default_factory=dict)
    answers: int = 0
    left_out: int = 0  # students who wrote nothing

    @property
    def bank_path(self) -> Path:
        return self.path.parent / "comments" / self.path.name

    @property
    def is_there(self) -> bool:
        """Whether the same sheet was written before."""
        return read_or_none(self.path) == self.text.encode()


def default_folder(assignment: Assignment) -> Path:
    """Where sheets are written if no folder is named."""
    return assignment.class_page.parent / f"{assignment.name}-written"


def make_sheet(
    week: str,
    question: Question,
    answers: Iterable[Answer],
    bank: str,
    folder: Path,
    pseudonyms: Mapping[str, str] | None = None,
) -> Exported:
    """A question's sheet, with a row for each answer that is written or was graded.

    With `pseudonyms`, these stand for the students, and the rows are in their order.
    """
    mine = [answer for answer in answers if answer.question == question.name]
    kept = [a for a in mine if not a.is_empty or a.needs_grading or a.entered.score is not None]
    pictures: dict[Path, bytes] = {}
    rows = []
    for answer in kept:
        name = pseudonyms[answer.student] if pseudonyms else answer.student
        links = []
        for number, content in enumerate(answer.attachments.values(), 1):
            kind, data = _picture(content)
            link = f"attachments/{question.name}/{name}-{number}.{kind}"
            links.append(link if kind else NOT_WRITTEN)
            if kind:
                pictures[folder / link] = data
        rows.append(_row(name, answer, question, links))
    rows.sort(key=lambda row: row.student)
    text = sheet_text(week, question, rows)
    path = folder / f"{question.name}.csv"
    return Exported(path, text, bank, pictures, len(rows), len(mine) - len(rows))


def _row(name: str, answer: Answer, question: Question, links: list[str]) -> Row:
    """An answer's row. A changed answer has no score in it: entering one confirms it."""
    before = None if answer.needs_grading else answer.row
    points = before.points if before else ()
    return Row(
        name,
        answer.digest,
        None if answer.needs_grading else answer.entered.score,
        answer.entered.comment,
        before.grader if before else "",
        points if len(points) == len(question.rubric) else (),
        answer.text,
        tuple(links),
    )


def write_sheets(sheets: Sequence[Exported], replace: bool = False) -> list[Exported]:
    """Write sheets, pictures and comment banks; returns the sheets that were not there already.

    Raises AutograderError, and writes nothing, if a different sheet is there, because somebody may
    have graded in it; `replace` overwrites it.
    """
    for sheet in sheets:
        if sheet.path.exists() and not sheet.is_there and not replace:
            raise AutograderError(
                f"{sheet.path} is there already, and may hold scores: import it first, write to "
                "another folder with --to, or overwrite it with --replace"
            )
    new = [sheet for sheet in sheets if not sheet.is_there]
    for sheet in sheets:
        for path, data in sheet.pictures.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if sheet.bank:
            write_atomically(sheet.bank_path, sheet.bank)
    for sheet in new:
        write_atomically(sheet.path, sheet.text)
    return new


def _picture(content: Mapping[str, str]) -> tuple[str, bytes]:
    """An attached picture's file ending and content; the ending is '' if it cannot be written."""
    for media_type, data in content.items():
        if media_type in PICTURES:
            try:
                return PICTURES[media_type], base64.b64decode("".join(data.split()), validate=True)
            except (binascii.Error, AttributeError, ValueError):
                return "", b""
    return "", b""
