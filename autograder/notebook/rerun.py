"""Runs a notebook again, in a new kernel, without the cells that ended the one before."""

import time
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.course import Limits
from autograder.notebook.failure import (
    CellFailure,
    FailureCause,
    forget_failure,
    record_failure,
    recorded_failure,
)


def runs(notebook: NotebookNode, limits: Limits, ends: float | None = None) -> Iterator[int]:
    """Yields the number of each run that is due, from 0; stop once a kernel survives its run.

    Each run is without the cells that were stopped in the runs before it. The last of
    `limits.kernel_starts` runs, or the first one after the time `ends`, is only of the cells before
    the last stopped cell. By default, that time is after twice `limits.notebook_seconds`.
    """
    give_up = time.monotonic() + 2 * limits.notebook_seconds if ends is None else ends
    for number in range(limits.kernel_starts):
        last = number == limits.kernel_starts - 1 or time.monotonic() > give_up
        if last:
            _leave_out_the_rest(notebook)
        yield number
        if last:
            return
        for cell in notebook.cells:
            if not _was_stopped(cell):
                forget_failure(cell)


def _was_stopped(cell: NotebookNode) -> bool:
    failure = recorded_failure(cell)
    return failure is not None and failure.cause.was_stopped


def _leave_out_the_rest(notebook: NotebookNode) -> None:
    """Mark the cells after the last stopped cell, so that they are not run."""
    stopped = [i for i, cell in enumerate(notebook.cells) if _was_stopped(cell)]
    for cell in notebook.cells[max(stopped, default=len(notebook.cells)) :]:
        if cell.cell_type == "code" and recorded_failure(cell) is None:
            record_failure(cell, CellFailure(FailureCause.NOT_RUN_KEEPS_ENDING))
