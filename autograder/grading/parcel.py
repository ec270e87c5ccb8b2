"""One submission with all that it is graded by, as data: what travels to another machine.

The other machine needs no file of the course. It needs the same version of this package and of the
libraries that can decide a result; `kit` says which.
"""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.files import plain_files, remove
from autograder.grading.fingerprint import code_digest, library_versions
from autograder.grading.options import Graded, Options
from autograder.grading.submission import grade
from autograder.notebook.packages import require_packages
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.settings import Weights
from autograder.temporary import temporary_folder
from autograder.workers import compute_on_one_thread

# A submission's kernels, files and hidden tests use this process's folders and environment.
ONE_AT_A_TIME = threading.Lock()


class TooLarge(ValueError):
    """A submission is larger than the course allows."""


@dataclass(frozen=True)
class Parcel:
    """A student's submission, and the course's files, by path below the course's folder.

    The content None stands for an entry of the submission that is no file and holds none.
    """

    assignment: str
    limits: Limits
    weights: Weights
    student: str
    files: Mapping[str, bytes | None]


def pack(assignment: Assignment, student: str) -> Parcel:
    """The parcel of a student's submission.

    Raises TooDeep or TooLarge for a submission that is refused for this reason wherever it is.
    """
    submitted = assignment.submitted(student)
    plain = list(plain_files(submitted))
    if sum(file.size for file in plain) > assignment.limits.submission_bytes:
        raise TooLarge
    with_files = {file.below.partition(os.sep)[0] for file in plain}
    for folder in (assignment.source, assignment.release, assignment.hidden_tests):
        plain += plain_files(folder)
    files: dict[str, bytes | None] = {
        os.path.relpath(file.path, assignment.root): file.path.read_bytes() for file in plain
    }
    for entry in os.scandir(submitted):  # links, and empty folders: a notebook may be one
        if entry.name not in with_files:
            files[os.path.relpath(entry.path, assignment.root)] = None
    return Parcel(assignment.name, assignment.limits, assignment.weights, student, files)


@contextmanager
def unpacked(parcel: Parcel) -> Iterator[Assignment]:
    """The parcel's assignment in a temporary course."""
    root = temporary_folder("course")
    try:
        assignment = Assignment(parcel.assignment, root, parcel.limits, parcel.weights)
        assignment.submitted(parcel.student).mkdir(parents=True)
        for name, content in parcel.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.symlink_to("nothing")
            else:
                path.write_bytes(content)
        yield assignment
    finally:
        remove(root)


def kit() -> tuple[str, ...]:
    """What must be the same on all machines: this package's code, Python, and the libraries."""
    return (code_digest(), *library_versions())


def grade_parcel(
    parcel: Parcel, fingerprint: str, options: Options, expected_kit: tuple[str, ...]
) -> Graded:
    """Grade a parcel's submission, in a process that may do other work before and after.

    Raises AutograderError for a fault of this machine.
    """
    if different := sorted(set(kit()) - set(expected_kit)):
        raise AutograderError(_difference(different))
    with ONE_AT_A_TIME:
        compute_on_one_thread()
        require_packages()
        if options.sandboxed:
            require_sandbox()
        with unpacked(parcel) as assignment:
            return grade(assignment, parcel.student, fingerprint, options)


def _difference(different: list[str]) -> str:
    versions = [name for name in different if " " in name]
    what = ", ".join(versions) if versions else "another version of autograder"
    return f"it has {what}: install there what this machine has"
