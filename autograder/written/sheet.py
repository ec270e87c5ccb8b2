"""The sheet of a question: its columns, and how it is read after people edited it."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.csv_files import SIGNS, csv_text, read_rows, unquoted
from autograder.errors import AutograderError
from autograder.text import as_points
from autograder.written.answers import Question

STUDENT, ANSWER, ATTACHMENTS = "student", "answer", "attachments"
SCORE, COMMENT, GRADER = "score", "comment", "grader"
WEEK, QUESTION, DIGEST = "week", "question", "digest"
BEFORE_RUBRIC = (STUDENT, ANSWER, ATTACHMENTS)
AFTER_RUBRIC = (SCORE, COMMENT, GRADER, WEEK, QUESTION, DIGEST)
REQUIRED = (STUDENT, SCORE, WEEK, QUESTION, DIGEST)
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
# Where a formula would begin in a country whose Excel separates columns by semicolons: it opens a
# file with commas all the same, and sees no quotes around an answer.
INNER_FORMULA = re.compile(rf"(?<=[;\t\n\r])(?=[\"\s]*{SIGNS})")
INVISIBLE = "\u200b"  # a space without a width: what follows it is text
MOST_OF_A_CELL = 32_000  # characters; Excel cuts a longer cell off
CUT_OFF = "\n\n[This answer is longer than a cell can be: read the rest in formgrader.]"


@dataclass(frozen=True)
class Row:
    """A row of a sheet; `student` is as the sheet has it. The score is None if it is empty.

    `points` are those of the rubric's items, None where they are empty.
    """

    student: str
    digest: str
    score: float | None = None
    comment: str = ""
    grader: str = ""
    points: tuple[float | None, ...] = ()
    answer: str = ""
    attachments: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read: its question, its rows, and one line per problem.

    With a problem in its columns or its question there are no rows.
    """

    path: Path
    question: str = ""
    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()


def sheet_text(week: str, question: Question, rows: list[Row]) -> str:
    """The CSV file of a question."""
    table = [[*BEFORE_RUBRIC, *question.columns, *AFTER_RUBRIC]]
    for row in rows:
        points = row.points or (None,) * len(question.rubric)
        answer = row.answer.encode(
            "utf-8", "replace"
        ).decode()  # a notebook can hold half of a pair
        if len(answer) > MOST_OF_A_CELL:
            answer = answer[: MOST_OF_A_CELL - len(CUT_OFF)] + CUT_OFF
        table.append(
            [
                *(
                    row.student,
                    _shown(row.answer),
                    "\n".join(row.attachments),
                    *map(number_text, points),
                ),
                *(number_text(row.score), row.comment, row.grader, week, question.name, row.digest),
            ]
        )
    return csv_text(table)


def _shown(answer: str) -> str:
    """An answer as a cell. It is for reading: an import does not look at it."""
    text = answer.encode("utf-8", "replace").decode()  # a notebook can hold half of a character
    text = INNER_FORMULA.sub(INVISIBLE, text)
    return text if len(text) <= MOST_OF_A_CELL else text[: MOST_OF_A_CELL - len(CUT_OFF)] + CUT_OFF


def number_text(number: float | None) -> str:
    """A score as a cell; '' for None. Reading it gives the same number."""
    return "" if number is None else f"{number:.12g}"


def read_sheet(path: Path, week: str, questions: Mapping[str, Question]) -> Sheet:
    """A sheet that people edited. Raises AutograderError for a file that is no CSV file."""
    rows = read_rows(path, f"write it with 'autograder written export {week}'")
    if not rows:
        return Sheet(path, problems=(f"{path.name} is empty",))
    header = [unquoted(cell) for cell in rows[0][1]]
    lines = [(number, [unquoted(cell) for cell in cells]) for number, cells in rows[1:]]
    try:
        question = _question(header, lines, week, questions)
        _check_columns(header, question)
    except AutograderError as error:
        return Sheet(path, problems=(f"{path.name}, row {rows[0][0]}: {error}",))
    good, problems = [], []
    for number, cells in lines:
        try:
            good.append(_row(header, cells, number, week, question))
        except AutograderError as error:
            problems.append(f"{path.name}, row {number}: {error}")
    times = Counter(row.student for row in good)
    for row in good:
        if times[row.student] > 1:
            problems.append(f"{path.name}, row {row.number}: '{row.student}' is listed twice")
    return Sheet(path, question.name, tuple(good), tuple(problems))


def _question(
    header: list[str],
    lines: list[tuple[int, list[str]]],
    week: str,
    questions: Mapping[str, Question],
) -> Question:
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise AutograderError(
            f"there is no column '{missing[0]}': the sheet needs {', '.join(REQUIRED)}, as it was "
            "exported"
        )
    place = header.index(QUESTION)
    names = [cells[place] for _, cells in lines if len(cells) > place and cells[place]]
    if not names:
        raise AutograderError(f"no row names its question in the column '{QUESTION}'")
    if names[0] not in questions:
        raise AutograderError(
            f"{week} has no written answer '{names[0]}'; there are: {', '.join(questions)}"
        )
    return questions[names[0]]


def _check_columns(header: list[str], question: Question) -> None:
    known = (*BEFORE_RUBRIC, *question.columns, *AFTER_RUBRIC)
    for name, times in Counter(filter(None, header)).items():
        if name not in known:
            raise AutograderError(
                f"there is no column '{name}': keep the columns as they were exported, and if the "
                "rubric has changed since, export again"
            )
        if times > 1:
            raise AutograderError(f"the column '{name}' is there twice")


def _row(header: list[str], cells: list[str], number: int, week: str, question: Question) -> Row:
    if any(cells[len(header) :]) or any(
        cell for name, cell in zip(header, cells, strict=False) if not name
    ):
        raise AutograderError("there is text in a column without a name")
    by_name = dict(zip(header, cells, strict=False))
    if not by_name.get(STUDENT):
        raise AutograderError(f"the column '{STUDENT}' is empty")
    for name, wanted in ((WEEK, week), (QUESTION, question.name)):
        if by_name.get(name, "") != wanted:
            raise AutograderError(f"the {name} is '{by_name.get(name, '')}', not '{wanted}'")
    points = tuple(
        _number(by_name.get(column, ""), item.points, f"'{column}'")
        for column, item in zip(question.columns, question.rubric, strict=True)
    )
    return Row(
        student=by_name[STUDENT],
        digest=by_name.get(DIGEST, ""),
        score=_score(by_name.get(SCORE, ""), points, question),
        comment="\n".join(by_name.get(COMMENT, "").splitlines()),
        grader=by_name.get(GRADER, ""),
        points=points if any(one is not None for one in points) else (),
        number=number,
    )


def _score(text: str, points: tuple[float | None, ...], question: Question) -> float | None:
    """The score: as it was entered, or else the sum of the rubric's points."""
    score = _number(text, question.max_score, "the score")
    given = [one for one in points if one is not None]
    if not given:
        return score
    total = math.fsum(given)
    if score is not None and abs(score - total) > 1e-9:
        raise AutograderError(
            f"the score {as_points(score)} is not the sum of the rubric's columns, "
            f"{as_points(total)}: correct one of them, or leave the score empty"
        )
    return total


def _number(text: str, most: float, what: str) -> float | None:
    """A number of points from 0 to `most`; None for an empty cell."""
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise AutograderError(f"{what} is '{text}', which is not a number")
    number = float(text.replace(",", "."))
    if not 0 <= number <= most:
        raise AutograderError(f"{what} is {text}: give 0 to {as_points(most)} points")
    return number
