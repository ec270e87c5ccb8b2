"""Which cells use what other cells assign: read from their code, without running it."""

import ast
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograder.notebook.names import defined_by, needed_names, without_magics


def has_side_effects(cell: str) -> bool:
    """Does the cell do more than import modules and define functions and classes?"""
    definitions = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return any(
        not isinstance(node, definitions) and not _is_docstring(node)
        for node in ast.parse(cell).body
    )


def downstream(exercise: str, cells: Mapping[str, str]) -> list[str]:
    """The later exercises that use this one's results, in order.

    Their cells have side effects and read a name that this exercise's cell, or a cell between the
    two, assigns.
    """
    known, later = assigned_names(cells[exercise]), []
    names = list(cells)
    for name in names[names.index(exercise) + 1 :]:
        if has_side_effects(cells[name]) and read_names(cells[name]) & known:
            later.append(name)
            known = known | assigned_names(cells[name])
    return later


def assigned_names(cell: str) -> set[str]:
    """The names that the cell defines in the notebook."""
    names: set[str] = set()
    for node in ast.parse(cell).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        else:
            names |= _names(node, ast.Store)
    return names


def read_names(cell: str) -> set[str]:
    """The names that the cell reads, also inside the functions and classes that it defines."""
    return _names(ast.parse(cell), ast.Load)


def file_names(cell: str) -> set[str]:
    """The string constants in the cell that could name files in the notebook's folder."""
    constants = (node.value for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Constant))
    return {
        text
        for text in constants
        if isinstance(text, str) and "." in text and text.isascii() and text.isprintable()
    }


def with_what_they_need(
    kept: Sequence[NotebookNode], cells: Sequence[NotebookNode], names: Collection[str] = ()
) -> list[NotebookNode]:
    """The `kept` cells, and those of `cells` that define what these need, or one of the `names`.

    In the order of `cells`. What is left out only shows something.
    """
    kept = list(kept)
    more: Sequence[NotebookNode] = kept
    while more:
        needed = set(names).union(*(needed_names(without_magics(cell.source)) for cell in kept))
        more = [c for c in cells if c not in kept and defined_by(c.source) & needed]
        kept += more
    return [cell for cell in cells if cell in kept]


def names_in_tests(suite: Path) -> set[str]:
    """The notebook's names that a folder of hidden tests uses, and perhaps a few others.

    They are `student`'s attributes, and strings that could be names.
    """
    found: set[str] = set()
    for file in suite.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found |= {node.attr} if node.value.id == "student" else set()
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if node.value.isidentifier() else set()
    return found


def _names(tree: ast.AST, context: type[ast.expr_context]) -> set[str]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in nodes if isinstance(node.ctx, context)}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
