"""Shows a TA, below an answer in formgrader, what was commented most often on that question.

`gradebook.config` makes formgrader convert its pages with this preprocessor of nbconvert.
The comments are read from the gradebook each time a page opens, so a new one is there at once.
"""

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.course import find_course
from autograder.gradebook.rows import Rows, read_rows
from autograder.notebook.cells import grade_id, is_written_answer
from autograder.notebook.rubrics import is_rubric
from autograder.written.bank import frequent_comments

SHOWN = 5  # comments of a question; `autograder written export` writes all


class CommentSuggestions(Preprocessor):
    """Adds a cell below each written answer whose question has comments."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Change formgrader's page of a submission, and no other page."""
        if "submission_id" in resources and "assignment_id" in resources:
            course = find_course(Path(resources["metadata"]["path"]))
            rows = read_rows(course, course.assignment(resources["assignment_id"]))
            nb.cells = with_suggestions(nb.cells, rows or Rows())
        return nb, resources


def with_suggestions(cells: list[NotebookNode], rows: Rows) -> list[NotebookNode]:
    """The cells, with a question's most frequent comments below its answer and its rubric."""
    shown = []
    for index, cell in enumerate(cells):
        shown.append(cell)
        below = cells[index + 1] if index + 1 < len(cells) else None
        if is_rubric(cell):
            question = cell.metadata.autograder.rubric
        elif is_written_answer(cell) and not (below is not None and is_rubric(below)):
            question = grade_id(cell)
        else:
            continue
        if comments := frequent_comments(question, rows)[:SHOWN]:
            shown.append(new_markdown_cell(_text(question, comments)))
    return shown


def _text(question: str, comments: list[tuple[str, int]]) -> str:
    """Each comment as it was written, to be copied: indented, so that nothing in it is Markdown."""
    parts = [f"**Comments on {question}, most frequent first** (not shown to students)"]
    for text, times in comments:
        lines = "\n".join(f"        {line}" for line in text.split("\n"))
        parts.append(f"* {times} time{'' if times == 1 else 's'}:\n\n{lines}")
    return "\n\n".join(parts)
