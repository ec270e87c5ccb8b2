"""The fingerprint of a result: a hash of everything that decides it.

A submission whose fingerprint is unchanged is not run again. Help texts, pages, and collecting
decide no result, so a change to them leaves every fingerprint as it is.
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
from autograder.grading.session import Options

VERSIONED = (
    "torch",
    "numpy",
    "pandas",
    "ipykernel",
    "ipython",
    "nbclient",
    "papermill",
    "pytest",
    "wandb",
)

# What Python and JupyterLab put beside the files that they open.
LEFT_BEHIND = frozenset(("__pycache__", ".ipynb_checkpoints"))


PACKAGE = Path(__file__).parents[1]
# What decides a result: folders and modules of the package.
DECISIVE = (
    "grading",
    "sandbox",
    "probe",
    "notebook",
    "results",
    "course.py",
    "files.py",
    "testing.py",
)


def submission_fingerprint(assignment: Assignment, folder: Path, options: Options) -> str:
    """A hash of the submission, the released notebook, tests, deciding code, and environment."""
    digest = hashlib.sha256()
    limit = assignment.limits.submission_bytes
    for part in (folder, assignment.source, assignment.release, assignment.hidden_tests):
        try:
            _hash_files(digest, part, limit)
        except TooDeep as error:
            digest.update(str(error).encode())
    digest.update(code_digest().encode())
    digest.update(
        repr(
            (options.sandboxed, str(options.device), asdict(assignment.limits), environment())
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
    """The versions that a result may depend on."""
    versions = [f"{name} {_version(name)}" for name in VERSIONED]
    return (platform.platform(), platform.python_version(), *versions)


def _hash_files(digest: "hashlib._Hash", folder: Path, limit: int) -> None:
    """Names, sizes and contents; of a file beyond the limit no content: it is refused anyway."""
    for file in plain_files(folder, max_depth=1000):
        if not LEFT_BEHIND.isdisjoint(file.path.parts):
            continue
        digest.update(os.fsencode(file.below) + b"\0%d\0" % file.size)
        if file.size <= limit:
            digest.update(file.path.read_bytes())


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"
