"""Adds directives to a bare notebook, without any I/O.

A cell that defines one function or class becomes an exercise, with its body as the solution. The
cell after it becomes the exercise's check if it holds only asserts; otherwise a check is added. A
Markdown cell that asks a question gets a written answer and a rubric behind it.
"""

import ast
import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.directives import BEGIN, END, read_directive
from autograder.authoring.sketches import body_of, functions_of
from autograder.errors import AutograderError

ANSWER = re.compile(r"[#>*_\s]*(?:your )?answer\b[*_:\s]*", re.IGNORECASE)


@dataclass
class Adopted:
    """A notebook with directives; its exercises (name -> solved cell) and questions.

    `left` has a line for each code cell that looks like an exercise and was left as it is, and for
    each text behind a question, which may be its answer.
    """

    notebook: NotebookNode
    exercises: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def adopt(bare: NotebookNode, setup: str) -> Adopted:
    """The notebook with directives, and the cell `setup` before its first code cell.

    Raises AutograderError if it has directives already.
    """
    cells = [copy.deepcopy(cell) for cell in bare.cells]
    if any(_is_directive(cell.source) for cell in cells):
        raise AutograderError(
            "the notebook has directives already: put it into solutions/ yourself"
        )
    found = Adopted(new_notebook())
    new: list[NotebookNode] = []
    number = 0
    while number < len(cells):
        cell, after = cells[number], cells[number + 1 : number + 2]
        number += 1
        if cell.cell_type == "markdown":
            new.append(new_markdown_cell(cell.source))
            if asks(cell.source):
                is_answer = bool(after) and _is_answer(after[0])
                number += is_answer
                if after and not is_answer and _may_answer(after[0]):
                    found.left.append(
                        f"cell {number + 1} stays in the students' notebook: if it answers "
                        f"question_{len(found.questions) + 1}, move it into the solution there"
                    )
                new += _written(
                    found, ANSWER.sub("", after[0].source, count=1) if is_answer else ""
                )
        elif cell.cell_type == "code":
            if not any(c.cell_type == "code" for c in new):
                new.append(new_code_cell(setup))
            name, solved = _exercise(cell.source, f"cell {number}", found)
            if not name:
                new.append(new_code_cell(cell.source))
                continue
            found.exercises[name] = cell.source
            new.append(new_code_cell(f"#| exercise: {name}\n{solved}"))
            is_check = bool(after) and _only_asserts(after[0])
            number += is_check
            check = after[0].source if is_check else f'assert {name} is not None, "write {name}"'
            new.append(new_code_cell(f"#| check: {name}\n{check}"))
    found.notebook.cells = new
    return found


def asks(text: str) -> bool:
    """Does a Markdown cell ask the student something? Its last line, or a heading, says so."""
    return text.rstrip().endswith(("?", "?*", "?**")) or bool(
        re.match(r"[#>*_\s\d.]*question\b", text, re.IGNORECASE)
    )


def solved_cell(source: str, node: ast.FunctionDef | ast.ClassDef) -> str:
    """The cell with marks around the body of the function, or of each method of the class.

    Empty if there is no body to mark: it is on the line of its `def`, or the class has no method.
    """
    lines = source.split("\n")
    functions = functions_of(node)
    for function, first, last in functions:
        indent = " " * body_of(function)[0].col_offset
        lines.insert(last, f"{indent}{END}")
        lines.insert(first - 1, f"{indent}{BEGIN}")
    return "\n".join(lines) if functions else ""


def _exercise(source: str, where: str, found: Adopted) -> tuple[str, str]:
    """(name, cell with a marked solution); ("", "") for a cell that is no exercise."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, or code that is not finished
        return "", ""
    defined = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not defined:
        return "", ""
    name = defined[0].name
    solved = solved_cell(source, defined[0])
    reasons: Sequence[tuple[bool, str]] = (
        (len(defined) > 1, "it defines several functions: give each its own cell"),
        (name.startswith("_"), f"{name} begins with _"),
        (name in found.exercises, f"{name} is defined before"),
        (not solved, f"{name} has no body to leave out"),
    )
    for holds, why in reasons:
        if holds:
            found.left.append(f"{where} left as it is: {why}")
            return "", ""
    return name, solved


def _written(found: Adopted, answer: str) -> list[NotebookNode]:
    name = f"question_{len(found.questions) + 1}"
    found.questions.append(name)
    model = answer.strip() or "Write the model answer here."
    return [
        new_markdown_cell(f"#| written: {name}, points: 1\n{BEGIN}\n{model}\n{END}"),
        new_markdown_cell(f"#| rubric: {name}\n* 1 point: say here what it is for"),
    ]


def _only_asserts(cell: NotebookNode) -> bool:
    if cell.cell_type != "code":
        return False
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return False
    return bool(body) and all(isinstance(node, ast.Assert) for node in body)


def _is_answer(cell: NotebookNode) -> bool:
    return cell.cell_type == "markdown" and bool(ANSWER.match(cell.source))


def _may_answer(cell: NotebookNode) -> bool:
    """Text that is no heading and no question."""
    is_text = cell.cell_type == "markdown" and not cell.source.lstrip().startswith("#")
    return is_text and not asks(cell.source)


def _is_directive(source: str) -> bool:
    try:
        return read_directive(source) is not None
    except AutograderError:
        return source.startswith("#| ")
