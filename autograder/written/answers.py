"""The written answers of an assignment, and what people entered for them in the gradebook."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import reads

from autograder.course import Assignment
from autograder.errors import AutograderError, UsageError
from autograder.gradebook.rows import Entered, Rows, SheetRow
from autograder.notebook.cells import answer_words, grade_id, is_written_answer
from autograder.notebook.rubrics import RubricItem, rubric_items
from autograder.text import as_points


@dataclass(frozen=True)
class Question:
    """A question that is answered in words."""

    name: str
    max_score: float
    rubric: tuple[RubricItem, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """A sheet's column for each item of the rubric: '1. 2 points: names the reason'."""
        return tuple(
            f"{number}. {as_points(item.points)} {'point' if item.points == 1 else 'points'}: "
            f"{item.text}"
            for number, item in enumerate(self.rubric, 1)
        )


@dataclass(frozen=True)
class Answer:
    """A student's answer to a question; `attachments` by name, each by its media type, in base64.

    `row` is the row that was imported last for it, unless a person entered something else since.
    """

    student: str
    question: str
    text: str
    attachments: Mapping[str, Mapping[str, str]]
    entered: Entered
    needs_grading: bool
    row: SheetRow | None = None

    @property
    def is_empty(self) -> bool:
        return not answer_words(self.text) and not self.attachments

    @property
    def digest(self) -> str:
        """What an import compares, to see if the answer or its score has changed since the export.

        It tells nothing about the student, and begins with a letter, so that no spreadsheet takes
        it for a number.
        """
        parts = (self.question, self.text, self.entered.score, self.entered.comment)
        digest = hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass"))
        return f"v{digest.hexdigest()[:15]}"


def questions_of(assignment: Assignment, rubrics: Mapping[str, str]) -> dict[str, Question]:
    """The assignment's written questions by name, in the notebook's order.

    `rubrics` are texts by question. Raises AutograderError for a rubric that cannot be read, and if
    the assignment has no written question.
    """
    released = nbformat.read(assignment.release_notebook, as_version=4)
    cells = [cell for cell in released.cells if is_written_answer(cell)]
    if not cells:
        raise AutograderError(f"{assignment.name} has no written answers")
    found = {}
    for cell in cells:
        name = grade_id(cell)
        rubric = rubric_items(name, rubrics[name]) if name in rubrics else ()
        found[name] = Question(name, float(cell.metadata.nbgrader.points), rubric)
    return found


def chosen_questions(questions: Mapping[str, Question], wanted: Iterable[str]) -> list[Question]:
    """The `wanted` questions; all if none is named. Raises UsageError for an unknown one."""
    names = list(wanted) or list(questions)
    for name in names:
        if name not in questions:
            raise UsageError(f"no written answer '{name}'; there are: {', '.join(questions)}")
    return [questions[name] for name in names]


def answers_of(
    assignment: Assignment, questions: Mapping[str, Question], rows: Rows
) -> dict[tuple[str, str], Answer]:
    """(student, question) -> the answer, of every graded submission, in the order of students."""
    entered = rows.entered()
    needs_grading = {
        (grade.student, grade.cell): bool(grade.needs_grading) for grade in rows.grades
    }
    answers = {}
    for student in sorted({student for student, _ in entered}):
        cells = _cells(assignment.autograded(student) / assignment.release_notebook.name)
        for question in questions:
            key = (student, question)
            if question in cells and key in entered:
                cell, row = cells[question], rows.sheet_rows.get(key)
                answers[key] = Answer(
                    student,
                    question,
                    cell.source,
                    cell.get("attachments", {}),
                    entered[key],
                    needs_grading[key],
                    row if row and row.entered == entered[key] else None,
                )
    return answers


def _cells(notebook: Path) -> dict[str, NotebookNode]:
    """The cells of a graded notebook that hold written answers; none if it is not graded yet."""
    if not notebook.is_file():
        return {}
    try:
        cells = reads(notebook.read_text(encoding="utf-8")).cells
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise AutograderError(
            f"{notebook} is not a notebook ({type(error).__name__}): grade it again with --force"
        ) from error
    return {grade_id(cell): cell for cell in cells if is_written_answer(cell)}
