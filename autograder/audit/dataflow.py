"""Which exercise's cell makes things, and which later ones go on with them: read from the code."""

import ast
from collections.abc import Mapping


def makes(cell: str) -> bool:
    """Does running the cell do more than define functions and classes?"""
    plain = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return any(not isinstance(node, plain) and not _docstring(node) for node in _body(cell))


def goes_on(exercise: str, cells: Mapping[str, str]) -> list[str]:
    """The later exercises, in order, whose cells make things of what this one's cell made."""
    known, later = binds(cells[exercise]), []
    names = list(cells)
    for name in names[names.index(exercise) + 1 :]:
        if makes(cells[name]) and reads(cells[name]) & known:
            later.append(name)
            known = known | binds(cells[name])
    return later


def binds(cell: str) -> set[str]:
    """The names that running the cell leaves in the notebook."""
    bound: set[str] = set()
    for node in _body(cell):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        else:
            bound |= _names(node, ast.Store)
    return bound


def reads(cell: str) -> set[str]:
    """The names that the cell, or what it defines, looks up."""
    return {name for node in _body(cell) for name in _names(node, ast.Load)}


def file_names(cell: str) -> set[str]:
    """Texts in the cell that could be names of files in the notebook's folder."""
    texts = (node.value for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Constant))
    return {t for t in texts if isinstance(t, str) and "." in t and t.isascii() and t.isprintable()}


def _body(cell: str) -> list[ast.stmt]:
    return ast.parse(cell).body


def _names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    found = (part for part in ast.walk(node) if isinstance(part, ast.Name))
    return {part.id for part in found if isinstance(part.ctx, context)}


def _docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
