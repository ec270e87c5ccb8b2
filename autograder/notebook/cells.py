"""The cells of an assignment's notebook: ids, exercises, checks, and unwritten answers.

An exercise is a code cell that the student writes. Its check is the locked cell after it; its id is
the exercise's name with a suffix, and it carries the exercise's points. A written answer is a
Markdown cell that the student writes.
"""

import re

from nbformat import NotebookNode

from autograder.artifacts import ARTIFACTS
from autograder.settings import Weights

CHECK_SUFFIX = "-check"
CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"  # replaces a solution in a release
ANSWER_STUB = "YOUR ANSWER HERE"  # replaces a written answer
HEADING = re.compile(r"^# +(\S.*)$", re.MULTILINE)
STUB_LINE = re.compile(r"^\s*raise NotImplementedError", re.MULTILINE)


def grade_id(cell: NotebookNode) -> str:
    """The cell's nbgrader id, or '' if it has none."""
    note = cell.metadata.get("nbgrader")
    return str(note.get("grade_id") or "") if isinstance(note, dict) else ""


def check_name(exercise: str) -> str:
    """The id of an exercise's check cell."""
    return exercise + CHECK_SUFFIX


def exercise_of(name: str) -> str:
    """The exercise of a check cell's id. Any other id is returned unchanged."""
    return name.removesuffix(CHECK_SUFFIX)


def is_check(name: str) -> bool:
    """Whether an id belongs to a check cell."""
    return name.endswith(CHECK_SUFFIX)


def is_locked(cell: NotebookNode) -> bool:
    """Whether nbgrader's metadata says that students may not edit the cell."""
    note = cell.metadata.get("nbgrader")
    return isinstance(note, dict) and bool(note.get("locked"))


def is_written_answer(cell: NotebookNode) -> bool:
    """Whether a released cell is for an answer in words, which a person grades."""
    note = cell.metadata.get("nbgrader") or {}
    return bool(cell.cell_type == "markdown" and note.get("grade") and note.get("solution"))


def exercise_cells(notebook: NotebookNode) -> dict[str, str]:
    """Exercise -> the source of the code cell that holds its answer."""
    return {
        grade_id(cell): cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and grade_id(cell) and cell.metadata.nbgrader.get("solution")
    }


def graded_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that carry points, by id, without outputs."""
    return {
        grade_id(cell): NotebookNode(cell | ({"outputs": []} if "outputs" in cell else {}))
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def notebook_title(notebook: NotebookNode) -> str:
    """The first heading of the first level, or '' if there is none."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (heading := HEADING.search(cell.source)):
            return heading[1].strip()
    return ""


def bonus_exercises(released: NotebookNode) -> list[str]:
    """The exercises whose points are a bonus."""
    return list(released.metadata.get("autograder", {}).get("bonus_exercises", []))


def handed_in_files(released: NotebookNode) -> tuple[str, ...]:
    """The names of a trained model's files that students hand in with the notebook."""
    weights = released.metadata.get("autograder", {}).get("weights")
    return ARTIFACTS if weights == Weights.SUBMITTED else ()


def is_unwritten(source: str) -> bool:
    """Whether an exercise's code is empty or still holds the stub of the release."""
    return not source.strip() or STUB_LINE.search(source) is not None


def answer_words(source: str) -> int:
    """How many words a written answer has, without the stub of the release."""
    return len(source.replace(ANSWER_STUB, "").split())
