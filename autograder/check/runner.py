"""Runs a notebook from its first cell to its last, in a new kernel and a folder with only its data.

It is for a student's own work on their own machine: there is no sandbox, and it runs on any system
that Jupyter runs on.
"""

import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode

from autograder.check.memory import MemoryWatch, limited
from autograder.course import Limits
from autograder.notebook.client import CellClient
from autograder.notebook.failure import forget_failure, how_python_ended
from autograder.notebook.rerun import runs

DATA = "data"
INLINE = "module://matplotlib_inline.backend_inline"
# The kernel's program is grading's. Its package is found where this one is, which the notebook does
# not see.
PACKAGES = str(Path(__file__).resolve().parents[2])
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from autograder.probe.app import main; "
    "del sys.path[0]; main()"
)
# A notebook does not see a CI service's tokens, nor the files into which steps write results.
PRIVATE = ("GITHUB_", "RUNNER_", "ACTIONS_", "CI_JOB_", "INPUT_")
INTERRUPT_SECONDS = 5.0  # that an interrupted cell may take to end


class _Manager(KernelManager):
    """Starts the Python that runs this, whichever kernel a laptop calls python3."""

    memory_bytes = 0

    @property
    def kernel_spec(self) -> KernelSpec:
        command = [sys.executable, "-P", "-c", START, PACKAGES, "-f", "{connection_file}"]
        command = limited(command, self.memory_bytes)
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    def client(self, **kwargs: Any) -> Any:
        return self._connected(AsyncKernelClient(parent=self))

    def second_client(self) -> Any:
        """A client for questions while the first one waits for a cell."""
        return self._connected(BlockingKernelClient(parent=self))

    def _connected(self, client: Any) -> Any:
        # With its own session: two clients of one session lose each other's replies.
        client.load_connection_info(self.get_connection_info(session=False))
        return client


class _Control:
    """Stops the kernel's cells for `CellClient`."""

    def __init__(self, manager: _Manager, watch: MemoryWatch):
        self.manager = manager
        self._watch = watch
        self._killed = False

    @property
    def alive(self) -> bool:
        return bool(self.manager.is_alive())

    @property
    def ended_because(self) -> str:
        if self._watch.exceeded:
            return self._watch.exceeded
        if self._killed:
            return "a cell could not be interrupted"
        process = getattr(self.manager.provisioner, "process", None)
        return how_python_ended(None if process is None else process.poll())

    def stop_cell(self) -> None:
        """Interrupt the running cell; kill the kernel where it goes on."""
        client = self.manager.second_client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            for _ in range(2):  # code can swallow an interrupt, which can cost the first reply
                if self.alive:
                    self.manager.interrupt_kernel()
                client.kernel_info()  # the kernel replies once the cell has ended
                if client.shell_channel.socket.poll(INTERRUPT_SECONDS * 500):
                    return
        finally:
            client.stop_channels()
        self._killed = True
        self.manager.shutdown_kernel(now=True)


def run_clean(
    notebook: NotebookNode,
    data: Path,
    limits: Limits,
    on_cell: Callable[[int, int], None] = lambda done, total: None,
) -> NotebookNode:
    """An executed copy of the notebook. Each cell that did not complete has a recorded failure.

    As in grading, a notebook with a cell that ends Python runs again without this cell.

    The folder `data` is copied beside it; it need not exist. `on_cell` is called at each cell with
    the number of cells that are done and the number of all.
    """
    notebook = copy.deepcopy(notebook)
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    for index in code:
        notebook.cells[index].outputs, notebook.cells[index].execution_count = [], None
        forget_failure(notebook.cells[index])
    for _ in runs(notebook, limits):
        if _run_once(notebook, data, limits, lambda index: on_cell(code.index(index), len(code))):
            break
    on_cell(len(code), len(code))
    return notebook


def _run_once(
    notebook: NotebookNode, data: Path, limits: Limits, on_start: Callable[[int], None]
) -> bool:
    """Run the cells in a new kernel; whether it is still alive after the last one."""
    manager, watch = _Manager(), MemoryWatch(limits.memory_bytes)
    manager.memory_bytes = limits.memory_bytes
    control = _Control(manager, watch)
    with tempfile.TemporaryDirectory(prefix="check-", ignore_cleanup_errors=True) as folder:
        if data.is_dir():
            shutil.copytree(data, Path(folder) / DATA)
        client = CellClient(notebook, manager, control, limits)
        client.log.disabled = True  # the report says why a cell did not complete
        client.reset_execution_trackers()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(PRIVATE)}
        environment["MPLBACKEND"] = INLINE
        environment["OMP_NUM_THREADS"] = "1"  # as in grading; small models are faster with it
        # What a notebook prints past Jupyter must not look like the command's own output.
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with (
            client.setup_kernel(cleanup_kc=True, env=environment, cwd=folder, **quiet),
            watch.watching(manager.provisioner.pid),
        ):
            client.run_cells(on_start=lambda cell, index: on_start(index))
            return control.alive
