"""What tests change in whole notebooks before they are submitted."""

import copy
import symtable
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.notebook.cells import grade_id


def without_demonstrations(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the code that only shows something, which takes half of the time.

    Kept are the cells with an id of nbgrader, the parameters, and each cell that assigns a name
    that a kept cell needs. The others are the student's own, so a submission may lack them.
    """
    notebook = copy.deepcopy(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kept = [
        cell for cell in code if grade_id(cell) or "parameters" in cell.metadata.get("tags", [])
    ]
    more = True
    while more:
        names = set().union(*(needed_names(cell.source) for cell in kept))
        more = [c for c in code if c not in kept and own_names(c.source) & names]
        kept += more
    notebook.cells = [c for c in notebook.cells if c.cell_type != "code" or c in kept]
    return notebook


def own_names(source: str) -> set[str]:
    """The names that a cell defines in the notebook."""
    symbols = symtable.symtable(source, "cell", "exec").get_symbols()
    return {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}


def needed_names(source: str) -> set[str]:
    """The names that a cell takes from the notebook: global ones that it does not define itself."""
    module = symtable.symtable(source, "cell", "exec")
    needed = {s.get_name() for s in module.get_symbols() if s.is_referenced()}
    for scope in _inner(module):
        needed |= {s.get_name() for s in scope.get_symbols() if s.is_global()}
    return needed - own_names(source)


def _inner(scope: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in scope.get_children():
        yield child
        yield from _inner(child)
