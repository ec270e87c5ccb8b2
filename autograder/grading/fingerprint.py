"""What decides a result, as one hash: a submission whose key is unchanged is not run again."""

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


def submission_key(assignment: Assignment, folder: Path, options: Options) -> str:
    """A hash of all that decides a result: submission, released notebook, tests, code, machine."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for part in (folder, assignment.source, assignment.release, assignment.hidden_tests, package):
        try:
            _hash_files(digest, part, assignment.limits.submission_bytes)
        except TooDeep as error:
            digest.update(str(error).encode())
    digest.update(
        repr((options.sandboxed, options.device, asdict(assignment.limits), environment())).encode()
    )
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
