"""One submission from its folder to its result: read, restore, execute, examine, write."""

import copy
import hashlib
import importlib.metadata
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import report, suite
from autograder.course import Assignment
from autograder.errors import BadSubmission, UsageError
from autograder.execute import execute, failed_cells
from autograder.kernel import Kernel, start_kernel
from autograder.restore import exercise_cells, restore
from autograder.result import (
    ExerciseResult,
    Outcome,
    Status,
    SubmissionResult,
    read_result,
    write_result,
)
from autograder.student import Student, Written
from autograder.submission import copy_submission, read_submission

VERSIONED = ("torch", "numpy", "pandas", "ipykernel", "ipython", "nbclient", "papermill", "pytest")


@dataclass(frozen=True)
class Options:
    """How to grade; what of it could change a result is part of the result's key."""

    sandboxed: bool = True
    force: bool = False


def grade(assignment: Assignment, student: str, options: Options) -> SubmissionResult:
    """Grade a submission and write it to autograded/, or return what an equal run has written.

    Raises AutograderError for what is wrong with the course or the machine; whatever is wrong with
    the submission is in the result.
    """
    folder = assignment.submitted(student)
    key = submission_key(assignment, folder, options)
    if not options.force:
        known = read_result(assignment.autograded(student))
        if known is not None and known.key == key:
            return known
    result, notebook = _run(assignment, student, key, options)
    _write(assignment, result, notebook)
    return result


def submission_key(assignment: Assignment, folder: Path, options: Options) -> str:
    """A hash of all that decides a result: submission, released notebook, tests, code, machine."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for part in (folder, assignment.release, assignment.hidden_tests, package):
        _hash_files(digest, part)
    _hash_files(digest, assignment.hidden_tests.parent, pattern="*.py")
    digest.update(repr((options.sandboxed, asdict(assignment.limits), environment())).encode())
    return digest.hexdigest()


@cache
def environment() -> tuple[str, ...]:
    """The versions that a result may depend on."""
    versions = [f"{name} {_version(name)}" for name in VERSIONED]
    return (platform.platform(), platform.python_version(), *versions)


def _run(
    assignment: Assignment, student: str, key: str, options: Options
) -> tuple[SubmissionResult, NotebookNode]:
    started = time.monotonic()
    released = nbformat.read(assignment.release_notebook, as_version=4)
    order = list(exercise_cells(released))
    folder = assignment.submitted(student)

    def result(status: Status, exercises: tuple[ExerciseResult, ...], **more: object):  # type: ignore[no-untyped-def]
        seconds = round(time.monotonic() - started, 2)
        more = {"peak_memory_bytes": 0, **more}
        return SubmissionResult(
            student, assignment.name, status, key, "cpu", options.sandboxed, seconds,
            exercises=exercises, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    try:
        restored = restore(read_submission(folder, assignment.limits), released)
    except BadSubmission as error:
        tests = suite.collect(assignment.hidden_tests, order)
        missing = [test.outcome(Outcome.MISSING, "nothing could be run") for test in tests]
        failed = result(Status.FAILED, suite.by_exercise(tests, missing), reason=str(error))
        return failed, report.annotate(released, failed)

    with tempfile.TemporaryDirectory(prefix="grader-") as temporary:
        run = _Run(assignment, folder, Path(temporary), options)
        notebook, kernel = run.execute(restored.notebook)
        solutions = nbformat.read(assignment.source_notebook, as_version=4)
        written = Written(
            tuple(cell.source for cell in restored.notebook.cells if cell.cell_type == "code"),
            restored.exercises,
            exercise_cells(solutions),
        )
        pupil = Student(kernel, assignment.limits, written, revive=run.revive)
        try:
            exercises = suite.examine(assignment.hidden_tests, pupil, order)
        finally:
            pupil.close()
    graded = result(
        Status.GRADED,
        exercises,
        peak_memory_bytes=run.peak_memory_bytes,
        restored=restored.changes,
        failed_cells=failed_cells(notebook),
    )
    return graded, report.annotate(notebook, graded)


class _Run:
    """The kernels of one submission: the one that runs its notebook, and those that replace it."""

    def __init__(self, assignment: Assignment, folder: Path, temporary: Path, options: Options):
        self.assignment = assignment
        self.options = options
        self.work = temporary / "work"
        copy_submission(folder, self.work)
        for path in assignment.release.glob("*"):  # data as released, whatever came back
            if path.suffix != ".ipynb":
                _copy(path, self.work / path.name)
        self.executed: NotebookNode | None = None
        self.kernels: list[Kernel] = []
        self.revivals = 0

    def start(self) -> Kernel:
        kernel = start_kernel(
            self.work, self.assignment.limits, self.assignment.root, self.options.sandboxed
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
        return execute(copy.deepcopy(self.executed), self.start, self.assignment.limits)[1]

    @property
    def peak_memory_bytes(self) -> int:
        return max((kernel.peak_memory_bytes for kernel in self.kernels), default=0)


def _write(assignment: Assignment, result: SubmissionResult, notebook: NotebookNode) -> None:
    """Put the executed notebook and the result in place of the last ones, both or neither."""
    final = assignment.autograded(result.student)
    final.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=final.parent, prefix=f".{final.name}-"))
    os.chmod(new, 0o755)
    nbformat.write(notebook, new / assignment.release_notebook.name)
    stamp = assignment.submitted(result.student) / "timestamp.txt"
    if stamp.is_file() and not stamp.is_symlink():
        shutil.copy(stamp, new)
    write_result(result, new)
    old = final.with_name(f".{final.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    new.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def _hash_files(digest: "hashlib._Hash", folder: Path, pattern: str = "**/*") -> None:
    for path in sorted(folder.glob(pattern)):
        if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                for block in iter(lambda: file.read(2**20), b""):
                    digest.update(block)


def _copy(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    elif target.exists():
        target.unlink()
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def students_named(assignment: Assignment, wanted: Iterable[str]) -> list[str]:
    """The students to grade. Raises UsageError for one who handed nothing in."""
    there = assignment.students()
    for student in wanted:
        if student not in there:
            known = ", ".join(there) or "nobody yet"
            raise UsageError(
                f"no submission of '{student}' for {assignment.name}; there is: {known}"
            )
    return list(wanted) or there
