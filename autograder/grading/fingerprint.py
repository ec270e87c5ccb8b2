"""The fingerprint of a result: a hash of everything that decides it.

If its fingerprint is unchanged, a submission does not run again. What a class shares is hashed
once. Help texts, pages, and collection do not decide a result, so a change to them does not change
a fingerprint.
"""

import hashlib
import importlib.metadata
import os
import platform
from dataclasses import asdict
from functools import cache
from pathlib import Path

from autograder.course import Assignment
from autograder.files import TooDeep, plain_files
from autograder.grading.options import Options
from autograder.notebook.packages import grading_packages

# Packages that decide a result, beside those that grading promises.
VERSIONED = ("ipykernel", "ipython", "nbclient", "papermill", "pytest")

# Folders that Python and JupyterLab create next to the files that they open.
LEFT_BEHIND = frozenset(("__pycache__", ".ipynb_checkpoints"))


PACKAGE = Path(__file__).parents[1]
# Folders and modules of the package that decide a result.
DECISIVE = (
    "grading",
    "sandbox",
    "probe",
    "notebook",
    "results",
    "artifacts.py",
    "budget.py",
    "course.py",
    "files.py",
    "limits.py",
    "testing.py",
)


def submission_fingerprint(assignment: Assignment, folder: Path, shared: str) -> str:
    """A hash of the submission in `folder`, and of all that it shares with the class.

    `shared` is the class's `shared_digest`.
    """
    digest = hashlib.sha256(shared.encode())
    _hash_files(digest, folder, assignment.limits.submission_bytes)
    return digest.hexdigest()


def shared_digest(assignment: Assignment, options: Options) -> str:
    """A hash of what decides every result: released notebook, tests, code, limits, environment."""
    digest = hashlib.sha256()
    for part in (assignment.source, assignment.release, assignment.hidden_tests):
        _hash_files(digest, part, assignment.limits.submission_bytes)
    digest.update(code_digest().encode())
    digest.update(
        repr(
            (
                options.sandboxed,
                str(options.device),
                asdict(assignment.limits),
                str(assignment.weights),
                environment(),
            )
        ).encode()
    )
    return digest.hexdigest()


def code_digest(package: Path = PACKAGE) -> str:
    """A hash of the package's modules that decide a result."""
    digest = hashlib.sha256()
    for name in DECISIVE:
        path = package / name
        modules = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for module in modules:
            digest.update(module.relative_to(package).as_posix().encode() + b"\0")
            digest.update(module.read_bytes())
    return digest.hexdigest()


@cache
def environment() -> tuple[str, ...]:
    """The platform and the versions that a result can depend on."""
    return (platform.platform(), *library_versions())


@cache
def library_versions() -> tuple[str, ...]:
    """The versions of Python and of the libraries that a result can depend on."""
    promised = (package.name for package in grading_packages().promised)
    versions = [f"{name} {_version(name)}" for name in (*promised, *VERSIONED)]
    return (f"Python {platform.python_version()}", *versions)


def _hash_files(digest: "hashlib._Hash", folder: Path, limit: int) -> None:
    """Add the names, sizes and contents of a folder's files to `digest`.

    Skips the content of a file larger than `limit` bytes, because it is refused anyway. A folder or
    file that cannot be read adds the reason.
    """
    try:
        for file in plain_files(folder, max_depth=1000):
            if not LEFT_BEHIND.isdisjoint(Path(file.below).parts):
                continue
            digest.update(os.fsencode(file.below) + b"\0%d\0" % file.size)
            if file.size <= limit:
                digest.update(file.path.read_bytes())
    except (TooDeep, OSError) as error:
        digest.update(str(error).encode(errors="surrogateescape"))


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"
