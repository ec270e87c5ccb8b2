"""A notebook run from its first cell to its last, in a new kernel and a folder with its data alone.

For a person's own work on their own machine: no sandbox, and any system that Jupyter runs on.
"""

import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.course import Limits

DATA = "data"
# What a CI service tells its steps is none of the notebook's: files to write results into, tokens.
PRIVATE = ("GITHUB_", "RUNNER_", "ACTIONS_", "CI_JOB_", "INPUT_")
TIMEOUT, ENDED = "TimeLimit", "PythonEnded"  # names of errors that no cell raised


class _Manager(AsyncKernelManager):
    """Starts the Python that runs this, whatever kernels a laptop has by the name of python3."""

    @property
    def kernel_spec(self) -> KernelSpec:
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")


def run_clean(
    notebook: NotebookNode,
    data: Path,
    limits: Limits,
    on_cell: Callable[[int, int], None] = lambda done, total: None,
) -> NotebookNode:
    """The executed notebook: a copy whose code cells have their outputs, whatever they ran into.

    `data` is a folder to lie beside it (it need not exist). `on_cell` hears of each cell: how many
    are done, of how many. A cell beyond the limits of time has an error named TIMEOUT, and one that
    ended its Python has one named ENDED; what comes after that one does not run.
    """
    notebook = copy.deepcopy(notebook)
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    for index in code:
        notebook.cells[index].outputs, notebook.cells[index].execution_count = [], None
    deadline = time.monotonic() + limits.notebook_seconds
    with tempfile.TemporaryDirectory(prefix="check-", ignore_cleanup_errors=True) as folder:
        if data.is_dir():
            shutil.copytree(data, Path(folder) / DATA)
        client = _client(notebook, folder, limits, deadline)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(PRIVATE)}
        environment["OMP_NUM_THREADS"] = "1"  # as when it is graded; small models are faster so
        # What a notebook writes past Jupyter would stand on the terminal as if this wrote it.
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with client.setup_kernel(cleanup_kc=True, env=environment, cwd=folder, **quiet):
            for done, index in enumerate(code):
                on_cell(done, len(code))
                try:
                    client.execute_cell(notebook.cells[index], index)
                except DeadKernelError:
                    notebook.cells[index].outputs.append(_error(ENDED))
                    break
            on_cell(len(code), len(code))
    return notebook


def _client(notebook: NotebookNode, folder: str, limits: Limits, deadline: float) -> NotebookClient:
    def seconds(cell: Any) -> float:
        return max(0.1, min(limits.cell_seconds, deadline - time.monotonic()))

    def note_timeout(cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
        if execute_reply and execute_reply["content"].get("ename") == TIMEOUT:
            cell.outputs.append(_error(TIMEOUT))

    client = NotebookClient(
        notebook,
        km=_Manager(),
        resources={"metadata": {"path": folder}},
        allow_errors=True,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": TIMEOUT},
        on_cell_executed=note_timeout,
        store_widget_state=False,
        timeout_func=seconds,
    )
    client.log.disabled = True  # what a cell ran into is in its outputs
    client.reset_execution_trackers()
    return client


def _error(name: str) -> NotebookNode:
    return new_output("error", ename=name, evalue="", traceback=[])
