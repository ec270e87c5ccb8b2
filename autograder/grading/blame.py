"""Which cell of an executed notebook is to blame for what an exercise lacks."""

from collections.abc import Collection, Iterator

from nbformat import NotebookNode

from autograder.notebook.cells import exercise_cells, grade_id
from autograder.notebook.failure import CellFailure, recorded_failure
from autograder.notebook.names import defined_by, needed_by
from autograder.notebook.state import last_definer, recorded_changes
from autograder.results import wording

# A cell that defines more names names none of them: which one a test lacked could tell its student
# what the test sent.
FEW_NAMES = 20
IN_TESTS = frozenset(("device",))  # names of the course's cells that hidden tests use themselves


def exercise_failures(notebook: NotebookNode) -> dict[str, CellFailure]:
    """Exercise -> why its cell did not complete."""
    exercises = exercise_cells(notebook)
    found = {grade_id(c): recorded_failure(c) for c in notebook.cells if grade_id(c) in exercises}
    return {name: failure for name, failure in found.items() if failure is not None}


def lost_names(notebook: NotebookNode) -> dict[str, str]:
    """Name -> why it is missing, for the names of cells that did not complete."""
    lost: dict[str, str] = {}
    for index, cell in enumerate(notebook.cells):
        failure = recorded_failure(cell) if cell.cell_type == "code" else None
        names = defined_by(cell.source) if failure is not None else set()
        if failure is not None and len(names) <= FEW_NAMES:
            where = wording.cell_name(cell.get("execution_count"), index)
            lost |= {name: wording.missing_because(name, failure, where) for name in names}
    return lost


def relevant_names(exercise: str, names: Collection[str], notebook: NotebookNode) -> list[str]:
    """Those of the names that an exercise's answer needs, in its own code or in what it uses."""
    if not names:  # most often; else all cells are parsed for each test that fails
        return []
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    needed = needed_by(exercise_cells(notebook).get(exercise, ""), code) | IN_TESTS
    return [name for name in names if name in needed]


def state_notes(notebook: NotebookNode, names: Collection[str]) -> Iterator[str]:
    """A line for each setting that was put back, and for each of these names with a new meaning."""
    places = {id(cell): index for index, cell in enumerate(notebook.cells)}

    def where(cell: NotebookNode) -> str:
        return wording.cell_name(cell.get("execution_count"), places[id(cell)])

    for cell, change in recorded_changes(notebook):
        yield wording.changed_state(where(cell), change)
    for name in sorted(names):
        definer = last_definer(notebook, name)
        yield wording.changed_name(where(definer) if definer is not None else "a cell", name)
