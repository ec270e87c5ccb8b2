"""papermill's engine for grading: runs a notebook in a kernel that stays alive afterwards.

A thin adapter: `notebook.client` runs the cells and records why a cell did not complete. If a cell
ends its kernel, the notebook runs again without that cell.
"""

import time
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from autograder.budget import UNLIMITED, Budget
from autograder.course import Limits
from autograder.errors import AutograderError
from autograder.log import quiet_logger
from autograder.notebook.client import CellClient
from autograder.notebook.failure import CellFailure, FailureCause, recorded_failure
from autograder.notebook.rerun import runs
from autograder.results.model import FailedCell
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.manager import START_SECONDS

ENGINE = "autograder"
LOG = quiet_logger(__name__)


class GradingEngine(NBClientEngine):
    """Runs a notebook in a given kernel, and leaves that kernel alive."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Run the notebook in `options["kernel"]`, within `options["limits"]`, until the time
        `options["ends"]`."""
        kernel: Kernel = options["kernel"]
        limits: Limits = options["limits"]
        client = CellClient(
            nb_man.nb,
            kernel.manager,
            kernel,
            limits,
            ends=options["ends"],
            kernel_name=kernel_name,
            startup_timeout=max(1, round(min(START_SECONDS, options["ends"] - time.monotonic()))),
            log=LOG,
        )
        client.reset_execution_trackers()
        with client.setup_kernel(cleanup_kc=False):
            client.run_cells(
                nb_man.cell_start, lambda cell, index: nb_man.cell_complete(cell, cell_index=index)
            )
            client.set_widgets_metadata()
        if client.kc is not None:
            client.kc.stop_channels()


papermill_engines.register(ENGINE, GradingEngine)


def execute(
    notebook: NotebookNode,
    start: Callable[[], Kernel],
    limits: Limits,
    budget: Budget = UNLIMITED,
) -> tuple[NotebookNode, Kernel | None]:
    """(executed notebook, the kernel that ran it, or None if every kernel ended).

    If a cell ends its kernel, the notebook runs again without that cell, in a new kernel from
    `start`; see `notebook.rerun`. Hidden tests can then examine the names that the other cells
    define. The caller closes the kernel. Raises AutograderError if the first kernel does not start.
    """
    for part in (notebook, *notebook.cells):
        part.metadata.setdefault("papermill", NotebookNode())
    for run in runs(notebook, limits, budget.notebook_ends):
        try:
            kernel = start()
        except AutograderError:
            if run == 0:
                raise
            break  # a kernel started before, so the notebook now prevents it
        try:
            papermill_engines.execute_notebook_with_engine(
                ENGINE,
                notebook,
                "python3",
                kernel=kernel,
                limits=limits,
                ends=budget.run_ends(limits),
                progress_bar=False,
            )
        except RuntimeError:
            kernel.close()
            if budget.left:
                raise
            break  # no time was left for the kernel to answer
        except BaseException:
            kernel.close()
            raise
        if kernel.alive:
            _set_states(notebook)
            return notebook, kernel
        kernel.close()
    _set_states(notebook)
    return notebook, None


def failed_cells(notebook: NotebookNode) -> tuple[FailedCell, ...]:
    """The code cells that did not complete."""
    failures = ((i, recorded_failure(cell)) for i, cell in enumerate(notebook.cells))
    return tuple(FailedCell(index, failure) for index, failure in failures if failure is not None)


def seconds_of_cells(notebook: NotebookNode) -> float:
    """How long its cells took to run, in seconds, without those that were stopped."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    ran = [cell for cell in cells if not _was_stopped(recorded_failure(cell))]
    return sum(cell.metadata.papermill.get("duration") or 0.0 for cell in ran)


def _was_stopped(failure: CellFailure | None) -> bool:
    return failure is not None and failure.cause.was_stopped


def _set_states(notebook: NotebookNode) -> None:
    """Write the state of each failed cell into papermill's metadata."""
    for cell in notebook.cells:
        failure = recorded_failure(cell)
        if failure is not None:
            raised, stopped = failure.cause is FailureCause.RAISED, failure.cause.was_stopped
            state = "failed" if raised else "stopped" if stopped else "pending"
            cell.metadata.papermill["status"] = state
