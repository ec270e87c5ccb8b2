"""The kernels of one submission: the one that runs its notebook, and those that replace it."""

import copy
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.grading.engine import execute
from autograder.notebook.reader import copy_submission
from autograder.sandbox.device import CPU
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.script import Finished, run_script


@dataclass(frozen=True)
class Options:
    """How to grade; what of it could change a result is part of the result's key."""

    sandboxed: bool = True
    force: bool = False
    device: str = CPU


class Run:
    """Runs a submission's notebook, again where its kernel died; `folder` holds its copies."""

    def __init__(self, assignment: Assignment, submitted: Path, options: Options):
        self.assignment = assignment
        self.options = options
        self.submitted = submitted
        self.folder = Path(tempfile.mkdtemp(prefix="grader-work-"))
        self.executed: NotebookNode | None = None
        self.kernels: list[Kernel] = []
        self.revivals = 0

    def start(self) -> Kernel:
        """A kernel in a fresh copy of the submission: the last one may have filled its own."""
        work = self.folder / str(len(self.kernels))
        copy_submission(self.submitted, work)
        for path in self.assignment.release.glob("*"):  # data as released, whatever came back
            if path.suffix != ".ipynb":
                _copy(path, work / path.name)
        options = self.options
        kernel = start_kernel(
            work, self.assignment.limits, self.assignment.root, options.sandboxed, options.device
        )
        self.kernels.append(kernel)
        return kernel

    def execute(self, notebook: NotebookNode) -> tuple[NotebookNode, Kernel | None]:
        self.executed, kernel = execute(notebook, self.start, self.assignment.limits)
        return self.executed, kernel

    def revive(self) -> Kernel | None:
        """Run the notebook again, without the cells that were stopped, after its kernel died."""
        if self.executed is None or self.revivals >= self.assignment.limits.kernel_starts:
            return None
        self.revivals += 1
        try:
            return execute(copy.deepcopy(self.executed), self.start, self.assignment.limits)[1]
        except AutograderError:  # it started before, so the notebook keeps it from starting now
            return None

    def script(
        self, files: Mapping[str, bytes], arguments: Sequence[str], seconds: float
    ) -> Finished:
        """Run a script of the submission's by itself."""
        limits, root, options = self.assignment.limits, self.assignment.root, self.options
        return run_script(
            files, arguments, limits, root, options.sandboxed, options.device, seconds
        )

    @property
    def peak_memory_bytes(self) -> int:
        return max((kernel.peak_memory_bytes for kernel in self.kernels), default=0)


def _copy(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    elif target.exists():
        target.unlink()
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)
