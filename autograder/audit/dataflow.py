"""Which exercises' cells use what other cells assign: read from their code, without running it."""

import ast
from collections.abc import Mapping


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


def _names(tree: ast.AST, context: type[ast.expr_context]) -> set[str]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in nodes if isinstance(node.ctx, context)}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
