"""papermill's engine for grading: runs a notebook in a kernel that stays alive afterwards.

A thin adapter: `notebook.client` runs the cells and records why a cell did not complete. If a cell
ends its kernel, the notebook runs again without that cell.
"""

from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from autograder.course import Limits
from autograder.errors import AutograderError
from autograder.log import quiet_logger
from autograder.notebook.client import CellClient
from autograder.notebook.failure import FailureCause, recorded_failure
from autograder.notebook.rerun import runs
from autograder.results.model import FailedCell
from autograder.sandbox.kernel import Kernel

ENGINE = "autograder"
LOG = quiet_logger(__name__)


class GradingEngine(NBClientEngine):
    """Runs a notebook in a given kernel, and leaves that kernel alive."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Run the notebook in `options["kernel"]`, within `options["limits"]`."""
        kernel: Kernel = options["kernel"]
        limits: Limits = options["limits"]
        client = CellClient(
            nb_man.nb, kernel.manager, kernel, limits, kernel_name=kernel_name, log=LOG
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
    notebook: NotebookNode, start: Callable[[], Kernel], limits: Limits
) -> tuple[NotebookNode, Kernel | None]:
    """(executed notebook, the kernel that ran it, or None if every kernel ended).

    If a cell ends its kernel, the notebook runs again without that cell, in a new kernel from
    `start`; see `notebook.rerun`. Hidden tests can then examine the names that the other cells
    define. The caller closes the kernel. Raises AutograderError if the first kernel does not start.
    """
    for part in (notebook, *notebook.cells):
        part.metadata.setdefault("papermill", NotebookNode())
    for run in runs(notebook, limits):
        try:
            kernel = start()
        except AutograderError:
            if run == 0:
                raise
            break  # a kernel started before, so the notebook now prevents it
        try:
            papermill_engines.execute_notebook_with_engine(
                ENGINE, notebook, "python3", kernel=kernel, limits=limits, progress_bar=False
            )
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


def _set_states(notebook: NotebookNode) -> None:
    """Write the state of each failed cell into papermill's metadata."""
    for cell in notebook.cells:
        failure = recorded_failure(cell)
        if failure is not None:
            raised, stopped = failure.cause is FailureCause.RAISED, failure.cause.was_stopped
            state = "failed" if raised else "stopped" if stopped else "pending"
            cell.metadata.papermill["status"] = state
