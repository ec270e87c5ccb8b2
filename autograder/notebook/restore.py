"""From what was handed in to the notebook that is run: locked cells put back, ids made unique.

Duplicate ids are resolved by nbgrader's own preprocessor. Its OverwriteCells is not used: it needs
a gradebook in every worker, trusts the submission's grade flags, adds back no deleted cell that
carries no points, and fails where a deleted check stood next to a deleted answer. The released
notebook has all that is needed.
"""

import copy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import DeduplicateIds

from autograder.log import quiet_logger
from autograder.notebook.cells import exercise_cells, grade_id

LOG = quiet_logger(__name__)


@dataclass(frozen=True)
class Restored:
    """The notebook to run, and what was changed in it, a line each."""

    notebook: NotebookNode
    changes: tuple[str, ...]
    exercises: dict[str, str] = field(default_factory=dict)


def restore(submitted: NotebookNode, released: NotebookNode) -> Restored:
    """Every locked cell as it was released, every released id once, the course's kernel.

    The student's own cells and answers stay as they are.
    """
    notebook = copy.deepcopy(submitted)
    originals = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    changes = [
        *_drop_foreign_ids(notebook, set(originals)),
        *_deduplicate(notebook),
        *_put_back(notebook, originals),
        *_add_missing(notebook, released),
        *_use_kernel(notebook, released),
    ]
    return Restored(notebook, tuple(changes), exercise_cells(notebook))


def _drop_foreign_ids(notebook: NotebookNode, known: set[str]) -> list[str]:
    changes = []
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader") and grade_id(cell) not in known:
            changes.append(f"cell {index + 1}: its nbgrader metadata is not the course's; removed")
        if grade_id(cell) not in known:
            cell.metadata.pop("nbgrader", None)
    return changes


def _deduplicate(notebook: NotebookNode) -> list[str]:
    for cell in notebook.cells:  # nbgrader looks only at cells whose flags say that they matter
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["locked"] = True
    before = [grade_id(cell) for cell in notebook.cells]
    DeduplicateIds(log=LOG).preprocess(notebook, {})
    return [
        f"{name}: the notebook holds this cell twice; the last one counts"
        for name, cell in zip(before, notebook.cells, strict=True)
        if name and not grade_id(cell)
    ]


def _put_back(notebook: NotebookNode, originals: dict[str, NotebookNode]) -> list[str]:
    """Locked cells as released; of an answer only its type and what nbgrader notes about it."""
    changes = []
    for index, cell in enumerate(notebook.cells):
        if not grade_id(cell):
            continue
        original = originals[grade_id(cell)]
        locked = original.metadata.nbgrader.locked
        if locked and (cell.source, cell.cell_type) != (original.source, original.cell_type):
            changes.append(f"{grade_id(cell)}: this locked cell had been edited and was put back")
        if locked or cell.cell_type != original.cell_type:
            source = original.source if locked else cell.source
            new_cell = new_code_cell if original.cell_type == "code" else new_markdown_cell
            cell = notebook.cells[index] = new_cell(source, id=cell.id)
        cell.metadata.update(copy.deepcopy(original.metadata))
    return changes


def _add_missing(notebook: NotebookNode, released: NotebookNode) -> list[str]:
    """Put back released cells that are gone, each behind its released predecessor.

    A deleted exercise stays away: nothing takes the place of what was not handed in.
    """
    changes = []
    place = 0
    for original in released.cells:
        name = grade_id(original)
        if not name:
            continue
        found = [i for i, cell in enumerate(notebook.cells) if grade_id(cell) == name]
        if found:
            place = found[0] + 1
        elif original.metadata.nbgrader.locked or original.metadata.nbgrader.grade:
            notebook.cells.insert(place, copy.deepcopy(original))
            place += 1
            changes.append(f"{name}: this cell had been deleted and was put back")
    return changes


def _use_kernel(notebook: NotebookNode, released: NotebookNode) -> list[str]:
    asked = notebook.metadata.get("kernelspec", {}).get("name", "")
    ours = released.metadata.kernelspec
    notebook.metadata["kernelspec"] = copy.deepcopy(ours)
    return [] if asked == ours.name else [f"kernel: '{ours.name}' in place of '{asked}'"]
