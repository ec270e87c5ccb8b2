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
from autograder.errors import AutograderError, BadSubmission, UsageError
from autograder.execute import execute, failed_cells
from autograder.files import TooDeep, plain_files, remove
from autograder.kernel import Kernel, start_kernel
from autograder.restore import exercise_cells, restore
from autograder.result import (
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
    try:
        result, notebook = _run(assignment, student, key, options)
    except AutograderError:
        raise
    except Exception as error:  # one submission must not stop a class, whatever it holds
        reason = (
            f"the grader could not handle it ({type(error).__name__}): please show it to the TA"
        )
        result, notebook = _failed(assignment, student, key, options, reason)
    _write(assignment, result, notebook)
    return result


def submission_key(assignment: Assignment, folder: Path, options: Options) -> str:
    """A hash of all that decides a result: submission, released notebook, tests, code, machine."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for part in (folder, assignment.release, assignment.hidden_tests, package):
        try:
            _hash_files(digest, part, assignment.limits.submission_bytes)
        except TooDeep as error:
            digest.update(str(error).encode())
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
    released = _released(assignment)
    order = list(exercise_cells(released))
    folder = assignment.submitted(student)

    try:
        restored = restore(read_submission(folder, assignment.limits), released)
    except BadSubmission as error:
        return _failed(assignment, student, key, options, str(error))

    run = _Run(assignment, folder, options)
    try:
        notebook, kernel = run.execute(restored.notebook)
        solved = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
        pupil = Student(
            kernel, assignment.limits, Written(restored.exercises, solved), revive=run.revive
        )
        try:
            exercises = suite.examine(assignment.hidden_tests, pupil, order)
        finally:
            pupil.close()
    finally:
        remove(run.folder)
    graded = SubmissionResult(
        student,
        assignment.name,
        Status.GRADED,
        key,
        device="cpu",
        sandboxed=options.sandboxed,
        seconds=round(time.monotonic() - started, 2),
        peak_memory_bytes=run.peak_memory_bytes,
        exercises=exercises,
        restored=restored.changes,
        failed_cells=failed_cells(notebook),
    )
    return graded, report.annotate(notebook, graded)


def _failed(
    assignment: Assignment, student: str, key: str, options: Options, reason: str
) -> tuple[SubmissionResult, NotebookNode]:
    """The result of a submission that could not be run, in the released notebook."""
    released = _released(assignment)
    tests = suite.collect(assignment.hidden_tests, list(exercise_cells(released)))
    outcomes = [test.outcome(Outcome.MISSING, "nothing could be run") for test in tests]
    result = SubmissionResult(
        student,
        assignment.name,
        Status.FAILED,
        key,
        device="cpu",
        sandboxed=options.sandboxed,
        seconds=0.0,
        peak_memory_bytes=0,
        exercises=suite.by_exercise(tests, outcomes),
        reason=reason,
    )
    return result, report.annotate(released, result)


def _released(assignment: Assignment) -> NotebookNode:
    return nbformat.read(assignment.release_notebook, as_version=4)


class _Run:
    """The kernels of one submission: the one that runs its notebook, and those that replace it."""

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
        kernel = start_kernel(
            work, self.assignment.limits, self.assignment.root, self.options.sandboxed
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


def _hash_files(digest: "hashlib._Hash", folder: Path, limit: int) -> None:
    """Names, sizes and contents; of a file beyond the limit no content: it is refused anyway."""
    for file in plain_files(folder, max_depth=1000):
        if "__pycache__" in file.path.parts:
            continue
        digest.update(os.fsencode(file.below) + b"\0%d\0" % file.size)
        if file.size <= limit:
            digest.update(file.path.read_bytes())


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
