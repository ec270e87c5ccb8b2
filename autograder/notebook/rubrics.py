"""Rubrics: what a TA gives points for in a written answer, and where the TA's notebook shows it.

A rubric is a list with one item for each point to be made:

    * 2 points: says that the loss grows without bound at a rate of 1.0
    * 1 point: gives the reason

A graded notebook shows it below the answer, in a cell that pages for students leave out.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from nbformat import NotebookNode, from_dict

from autograder.errors import AutograderError
from autograder.files import read_or_none
from autograder.notebook.cells import grade_id, is_written_answer
from autograder.text import as_points

WORKED = (".py", ".md", ".ipynb")  # the formats of worked notebooks, which Jupytext reads
DIRECTIVE = re.compile(r"#\|\s*rubric\s*:\s*(?P<question>\w+)\s*(?:\n(?P<text>.*))?", re.DOTALL)
ITEM = re.compile(r"[*-] +(?P<points>\d+(?:\.\d+)?) +points?: +(?P<text>\S.*)")
FORM = "'* 1 point: WHAT IT IS FOR', and indent its further lines"
KEY = "rubric"  # in the metadata of a cell that shows a rubric: the name of its question


class RubricItem(NamedTuple):
    """One point to be made in an answer: what it is worth, and what it is, on one line."""

    points: float
    text: str


def rubric_files(folder: Path) -> list[Path]:
    """The files of a folder of solutions that may hold rubrics, sorted."""
    paths = sorted(folder.glob("*")) if folder.is_dir() else []
    return [p for p in paths if p.suffix in WORKED and b"rubric" in (read_or_none(p) or b"")]


def rubrics_in(worked: NotebookNode) -> dict[str, str]:
    """Question -> its rubric, in Markdown, of a worked notebook."""
    found = (DIRECTIVE.fullmatch(c.source) for c in worked.cells if c.cell_type == "markdown")
    return {rubric["question"]: (rubric["text"] or "").strip() for rubric in found if rubric}


def rubric_items(question: str, text: str) -> tuple[RubricItem, ...]:
    """A rubric's items. Raises AutograderError, with one line, if it is malformed."""
    items: list[RubricItem] = []
    for line in filter(str.strip, text.split("\n")):
        if found := ITEM.fullmatch(line.rstrip()):
            points = float(found["points"])
            if points == 0:
                raise AutograderError(f"the rubric of {question} gives 0 points in '{line}'")
            items.append(RubricItem(points, " ".join(found["text"].split())))
        elif not items or not line.startswith((" ", "\t")):
            raise AutograderError(
                f"cannot read '{line.strip()}' in the rubric of {question}: write {FORM}"
            )
        else:
            first = items.pop()
            items.append(RubricItem(first.points, " ".join([first.text, *line.split()])))
    if not items:
        raise AutograderError(f"the rubric of {question} is empty: write {FORM}")
    return tuple(items)


def require_sum(question: str, text: str, points: float) -> None:
    """Raise AutograderError unless a rubric's points add up to those of its question."""
    total = sum(item.points for item in rubric_items(question, text))
    if abs(total - points) > 1e-9:
        raise AutograderError(
            f"the rubric of {question} adds up to {as_points(total)} points, and the question is "
            f"worth {as_points(points)}"
        )


def is_rubric(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a graded notebook shows a rubric."""
    note = cell["metadata"].get("autograder")
    return isinstance(note, dict) and KEY in note


def without_rubrics(notebook: NotebookNode) -> NotebookNode:
    """The notebook, from which the cells that show rubrics are removed."""
    notebook.cells = [cell for cell in notebook.cells if not is_rubric(cell)]
    return notebook


def with_rubrics(graded: str, rubrics: Mapping[str, str]) -> str:
    """A graded notebook's JSON with each of the `rubrics` below its question's answer.

    Any rubric that it showed before is removed. `rubrics` are texts by the question's name.
    """
    if not rubrics and f'"{KEY}"' not in graded:
        return graded
    notebook = json.loads(graded)
    cells = []
    used = {cell.get("id") for cell in notebook["cells"]}
    for cell in notebook["cells"]:
        if is_rubric(cell):
            continue
        cells.append(cell)
        node = from_dict({**cell, "outputs": []})
        if is_written_answer(node) and (text := rubrics.get(name := grade_id(node))):
            cells.append(_cell(name, text, node.metadata.nbgrader.points, used))
    notebook["cells"] = cells
    # As nbformat writes a notebook.
    written = json.dumps(
        notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")
    )
    return written + "\n" if graded.endswith("\n") else written


def _cell(question: str, text: str, points: float, used: set[Any]) -> dict[str, Any]:
    cell_id = f"rubric-{question}"[:60]
    while cell_id in used:  # a student's cell can have any id
        cell_id += "x"
    source = (
        f"**Rubric of {question}, {as_points(points)} points** (not shown to students)\n\n"
        f"{text.strip()}"
    )
    return {
        "cell_type": "markdown",
        "id": cell_id,
        "metadata": {"autograder": {KEY: question}},
        "source": source.splitlines(keepends=True),
    }
