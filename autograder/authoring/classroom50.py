"""The bundle that Classroom 50's runner fetches to grade an assignment (foundation50/classroom50).

Its program is `classroom50_entry.py`, which says how it works. The bundle may be read by anyone who
knows its address: it holds what students get, and no hidden test and no solution.
"""

import json

import nbformat

from autograder.authoring import classroom50_entry as entry
from autograder.authoring.repository import graded_exercises, requirements, with_manifest
from autograder.authoring.wheel import build_wheel
from autograder.check.runner import DATA
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import plain_files
from autograder.notebook.cells import handed_in_files

MAX_BUNDLE = 10_000_000  # bytes: the runner takes 10 MiB, and compresses


def bundle_files(assignment: Assignment, index: str = "") -> dict[str, bytes]:
    """The bundle's files, by path.

    `index` is the address of an additional package index, such as one with PyTorch's CPU builds.
    Raises AutograderError if the bundle is larger than the runner accepts.
    """
    notebook = assignment.release_notebook
    content = notebook.read_bytes()
    released = nbformat.reads(content.decode("utf-8"), as_version=4)
    wheel, code = build_wheel()
    described = {
        "week": assignment.name,
        "notebook": notebook.name,
        "files": handed_in_files(released),
        "exercises": graded_exercises(released),
    }
    lines = requirements(f"./{wheel}")
    files = {
        "autograder.py": _program(),
        entry.ASSIGNMENT: (json.dumps(described, indent=1) + "\n").encode(),
        notebook.name: content,
        wheel: code,
        "requirements.txt": (f"--extra-index-url {index}\n{lines}" if index else lines).encode(),
    }
    for file in plain_files(assignment.release):
        if file.below.startswith(f"{DATA}/"):
            files[file.below] = file.path.read_bytes()
    if (size := sum(map(len, files.values()))) > MAX_BUNDLE:
        raise AutograderError(
            f"the bundle of {assignment.name} has {size / 1e6:.1f} MB, and Classroom 50 accepts "
            f"{MAX_BUNDLE / 1e6:.0f}: make the files in its folder data smaller"
        )
    return with_manifest(files)


def _program() -> bytes:
    with open(entry.__file__, "rb") as file:
        return file.read()
