"""Prepares a submitted notebook for running: restores its locked cells and makes its ids unique.

nbgrader's OverwriteCells is not used. It needs a gradebook in every worker, trusts the submission's
grade flags, does not add back deleted cells that carry no points, and fails if a deleted check was
next to a deleted answer. The released notebook has all the data that is needed.
"""

import copy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.notebook.cells import exercise_cells, grade_id, is_locked
from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.lost_cells import find_lost_cells
from autograder.notebook.written import gather_words, join_parts


@dataclass(frozen=True)
class Restored:
    """The notebook to run, the changes to it, and its exercises' sources by name."""

    notebook: NotebookNode
    changes: tuple[CellChange, ...]
    exercises: dict[str, str] = field(default_factory=dict)


def restore(submitted: NotebookNode, released: NotebookNode) -> Restored:
    """A copy of the submission with the released locked cells, unique ids, and the course's kernel.

    The student's own cells and answers stay as they are, except that a written answer gets the text
    that stands beside it. A deleted exercise stays deleted.
    """
    notebook = copy.deepcopy(submitted)
    originals = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    changes = _drop_foreign_ids(notebook, set(originals))
    lost = find_lost_cells(notebook, released)
    if lost:
        changes.append(CellChange(ChangeKind.LOST_METADATA, ", ".join(lost)))
    changes += [
        *join_parts(notebook),
        *_drop_duplicate_ids(notebook),
        *_restore_cells(notebook, originals),
        *_add_deleted(notebook, released),
        *gather_words(notebook, released, lost),
        *_use_kernel(notebook, released),
    ]
    return Restored(notebook, tuple(changes), exercise_cells(notebook))


def _drop_foreign_ids(notebook: NotebookNode, known: set[str]) -> list[CellChange]:
    changes = []
    for index, cell in enumerate(notebook.cells):
        if grade_id(cell) not in known and cell.metadata.pop("nbgrader", None):
            changes.append(CellChange(ChangeKind.FOREIGN_ID, str(index + 1)))
    return changes


def _drop_duplicate_ids(notebook: NotebookNode) -> list[CellChange]:
    """Remove duplicate ids. As in nbgrader, only the last cell with an id keeps it."""
    changes: list[CellChange] = []
    used: set[str] = set()
    for cell in reversed(notebook.cells):
        name = grade_id(cell)
        if name in used:
            del cell.metadata["nbgrader"]
            changes.insert(0, CellChange(ChangeKind.DUPLICATE, name))
        elif name:
            used.add(name)
    return changes


def _restore_cells(notebook: NotebookNode, originals: dict[str, NotebookNode]) -> list[CellChange]:
    """Restore locked cells completely, and only the cell type and metadata of an answer."""
    changes = []
    for index, cell in enumerate(notebook.cells):
        name = grade_id(cell)
        if not name:
            continue
        original = originals[name]
        locked = is_locked(original)
        if locked and (cell.source, cell.cell_type) != (original.source, original.cell_type):
            changes.append(CellChange(ChangeKind.EDITED, name))
        if locked or cell.cell_type != original.cell_type:
            source = original.source if locked else cell.source
            new_cell = new_code_cell if original.cell_type == "code" else new_markdown_cell
            pictures = {} if locked else cell.get("attachments")
            cell = notebook.cells[index] = new_cell(source, id=cell.id)
            if pictures and original.cell_type == "markdown":
                cell["attachments"] = pictures
        cell.metadata.update(copy.deepcopy(original.metadata))
    return changes


def _add_deleted(notebook: NotebookNode, released: NotebookNode) -> list[CellChange]:
    """Add deleted locked cells and written answers, each after its predecessor in the release.

    A deleted exercise stays deleted: nothing replaces an exercise that was not submitted.
    """
    changes = []
    index = 0
    for original in released.cells:
        name = grade_id(original)
        if not name:
            continue
        present = [i for i, cell in enumerate(notebook.cells) if grade_id(cell) == name]
        if present:
            index = present[0] + 1
        elif is_locked(original) or original.metadata.nbgrader.get("grade"):
            notebook.cells.insert(index, copy.deepcopy(original))
            index += 1
            changes.append(CellChange(ChangeKind.DELETED, name))
    return changes


def _use_kernel(notebook: NotebookNode, released: NotebookNode) -> list[CellChange]:
    """Use the released notebook's kernel, if it names one."""
    asked = notebook.metadata.get("kernelspec", {}).get("name", "")
    kernel = released.metadata.get("kernelspec")
    if kernel is None:
        return []
    notebook.metadata["kernelspec"] = copy.deepcopy(kernel)
    return [] if asked == kernel.name else [CellChange(ChangeKind.KERNEL, asked, kernel.name)]
