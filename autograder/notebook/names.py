"""Which names a cell defines and needs, read from its code without running it."""

import ast
import symtable
from collections.abc import Collection, Iterable, Iterator, Mapping

from IPython.core.inputtransformer2 import TransformerManager


def without_magics(source: str) -> str:
    """A cell's code as Python, with calls in place of IPython's commands. It may still not be
    Python. Raises SyntaxError for a few cells that are not."""
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call]


def own_names(source: str) -> set[str]:
    """The names that a cell defines in the notebook. Raises SyntaxError if it is not Python."""
    symbols = symtable.symtable(source, "cell", "exec").get_symbols()
    return {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}


def needed_names(source: str) -> set[str]:
    """The names that a cell takes from the notebook: global ones that it does not define itself.

    Raises SyntaxError if it is not Python.
    """
    module = symtable.symtable(source, "cell", "exec")
    needed = {s.get_name() for s in module.get_symbols() if s.is_referenced()}
    for scope in _inner(module):
        needed |= {s.get_name() for s in scope.get_symbols() if s.is_global()}
    return needed - own_names(source)


def defined_by(source: str) -> set[str]:
    """As `own_names`, for any cell: without IPython's commands, and none if it is not Python."""
    try:
        return own_names(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()


def needed_by(source: str, cells: Iterable[str]) -> set[str]:
    """The names that a cell needs, and that the cells need which define these names."""
    definers: Mapping[str, Collection[str]] = {cell: defined_by(cell) for cell in cells}
    known: set[str] = set()
    waiting = _needed(source)
    while waiting:
        known |= waiting
        cells_behind = [cell for cell, names in definers.items() if waiting & set(names)]
        waiting = set().union(*map(_needed, cells_behind)) - known
    return known


def _needed(source: str) -> set[str]:
    try:
        return needed_names(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()


def _inner(scope: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in scope.get_children():
        yield child
        yield from _inner(child)
