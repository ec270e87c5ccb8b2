"""What grading will do that a check on the student's machine does not show by itself.

It takes a trained model's files or trains again, and it stops cells that take too long.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.artifacts import ARTIFACTS, NotTaken, read_artifact
from autograder.check import messages
from autograder.notebook.cells import exercise_of, grade_id, handed_in_files, is_check
from autograder.notebook.failure import FailureCause, recorded_failure

STARTED, ENDED = "iopub.execute_input", "shell.execute_reply"  # times that nbclient records


def trained_model(folder: Path, released: NotebookNode) -> tuple[str, ...]:
    """What happens to each of these files beside the notebook, in a week that has such files."""
    taken = []
    lines = []
    for name in handed_in_files(released):
        try:
            content = read_artifact(folder, name)
        except NotTaken as error:
            lines.append(messages.not_taken(name, str(error)))
            continue
        if content is None:
            lines.append(messages.not_beside(name))
        else:
            taken.append(name)
    if taken:
        lines.insert(0, messages.taken(taken))
    if not handed_in_files(released) and any(
        name in cell.source for cell in released.cells for name in ARTIFACTS
    ):
        lines.append(messages.trains_again(ARTIFACTS))
    return tuple(lines)


def slow_cells(executed: NotebookNode, limit: float) -> tuple[str, ...]:
    """A line for each cell that took more than half of the seconds that grading gives a cell."""
    return tuple(_slow_cells(executed, limit))


def _slow_cells(executed: NotebookNode, limit: float) -> Iterator[str]:
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        failure = recorded_failure(cell)
        if failure is not None and failure.cause is FailureCause.TIMEOUT:
            yield messages.stopped_for_time(_which(cell), failure.detail)
        elif (took := _seconds(cell)) > limit / 2:
            yield messages.slow(_which(cell), took, limit)


def _which(cell: NotebookNode) -> str:
    name, count = grade_id(cell), cell.get("execution_count")
    if not name:
        return messages.other_cell(count, " ".join(cell.source.split()))
    return messages.exercise_cell(count, exercise_of(name), is_check(name))


def _seconds(cell: NotebookNode) -> float:
    """How long a cell ran; 0 if that is not known."""
    times = cell.metadata.get("execution", {})
    try:
        started, ended = (datetime.fromisoformat(times[key]) for key in (STARTED, ENDED))
    except (KeyError, ValueError):
        return 0.0
    return (ended - started).total_seconds()
