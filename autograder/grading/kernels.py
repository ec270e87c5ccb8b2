"""The kernels of one submission: the one that ran its notebook, and those that replace it."""

import copy
import shutil
import time
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import remove
from autograder.grading.engine import execute, seconds_of_cells
from autograder.notebook.reader import copy_submission
from autograder.sandbox.kernel import Kernel, start_kernel, stopping_seconds
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder


class Kernels:
    """Starts kernels in copies of a submission, runs the notebook in them, and counts their time.

    `start_seconds`, `cell_seconds` and `restart_seconds` say how long the first kernel took to
    start, the cells took to run in it, and later kernels took for both.
    """

    def __init__(self, assignment: Assignment, submitted: Path, launcher: Launcher):
        self.assignment = assignment
        self.submitted = submitted
        self.launcher = launcher
        self.start_seconds = self.cell_seconds = self.restart_seconds = 0.0
        self._rerun_seconds = 0.0
        self._folder = temporary_folder("work")
        self._kernels: list[Kernel] = []
        self._later: float | None = None  # when the second kernel started

    @property
    def peak_memory_bytes(self) -> int:
        """The highest memory use of a kernel, in bytes."""
        return max((kernel.peak_memory_bytes for kernel in self._kernels), default=0)

    @property
    def replacing_seconds(self) -> float:
        """What it is expected to take to end a kernel that stalls and run the notebook again."""
        return self._rerun_seconds + stopping_seconds(self.launcher.budget)

    def run(self, notebook: NotebookNode) -> tuple[NotebookNode, Kernel | None]:
        """(executed notebook, the kernel that ran it, or None if every kernel ended).

        Raises AutograderError if the first kernel does not start.
        """
        started = time.monotonic()
        done, kernel = execute(notebook, self._start, self.launcher.limits, self.launcher.budget)
        ended = time.monotonic()
        later = ended if self._later is None else self._later
        self.cell_seconds = later - started - self.start_seconds
        self.restart_seconds = ended - later
        self._rerun_seconds = self.start_seconds + seconds_of_cells(done)
        return done, kernel

    def run_again(self, notebook: NotebookNode) -> Kernel | None:
        """A new kernel after another run of the notebook without its stopped cells, or None.

        Leaves the notebook as it is.
        """
        started = time.monotonic()
        try:
            _, kernel = execute(
                copy.deepcopy(notebook), self._start, self.launcher.limits, self.launcher.budget
            )
        except AutograderError:  # a kernel started before: the notebook, or the time, prevents it
            kernel = None
        self.restart_seconds += time.monotonic() - started
        return kernel

    def close(self) -> None:
        """Remove the folders. The caller closes the kernels."""
        remove(self._folder)

    def _start(self) -> Kernel:
        """A kernel in a new copy of the submission. The last kernel may have filled its copy."""
        started = time.monotonic()
        if self._kernels and self._later is None:
            self._later = started
        work = self._folder / str(len(self._kernels))
        copy_submission(self.submitted, work)
        for path in self.assignment.release.glob("*"):  # released data replaces submitted data
            if path.suffix != ".ipynb":
                _copy(path, work / path.name)
        kernel = start_kernel(self.launcher, work)
        if not self._kernels:
            self.start_seconds = time.monotonic() - started
        self._kernels.append(kernel)
        return kernel


def _copy(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    elif target.exists():
        target.unlink()
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)
