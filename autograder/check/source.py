"""Reads a student's notebook where they work on it, and the released notebook beside it."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.check import messages
from autograder.errors import UsageError
from autograder.notebook.lost_cells import exercises_in
from autograder.notebook.reader import Reading, read_notebook

COPY = ".autograder"  # the folder of a student's repository that holds the released notebook


def read_own(path: Path) -> tuple[Reading, NotebookNode]:
    """(the notebook, the released one). Without a released copy, both are the same notebook.

    Raises UsageError for a path that is not a notebook of the course, and BadSubmission for a
    notebook that grading would refuse.
    """
    if path.is_dir() or path.suffix != ".ipynb" or not path.is_file():
        folder = (path if path.is_dir() else path.parent).resolve()
        notebooks = (
            sorted(other.name for other in folder.glob("*.ipynb")) if folder.is_dir() else []
        )
        raise UsageError(messages.no_notebook(str(path), path.exists(), str(folder), notebooks))
    own = read_notebook(path, (path.parent,))
    copies = sorted((path.parent / COPY).glob("*.ipynb"))
    released: NotebookNode = nbformat.read(copies[0] if copies else path, as_version=4)
    graded = [c for c in released.cells if c.metadata.get("nbgrader", {}).get("grade")]
    if not graded or not any(exercises_in(own.notebook, released).values()):
        raise UsageError(messages.no_exercises(str(path)))
    return own, released
