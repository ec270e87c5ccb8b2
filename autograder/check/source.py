"""Reads a student's notebook where they work on it, and the released notebook beside it."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.check import messages
from autograder.course import find_course
from autograder.errors import AutograderError, UsageError
from autograder.notebook.lost_cells import exercises_in
from autograder.notebook.reader import Reading, read_notebook

COPY = ".autograder"  # the folder of a student's repository that holds the released notebook


def read_own(path: Path) -> tuple[Reading, NotebookNode]:
    """(the notebook, the released one). If none is found, both are the same notebook.

    The released one is the copy in a student's repository, or else that of the course in which the
    notebook or the working directory is, if it has one with these exercises.

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
    released: NotebookNode = nbformat.read(_find_released(path, own.notebook), as_version=4)
    graded = [c for c in released.cells if c.metadata.get("nbgrader", {}).get("grade")]
    if not graded or not any(exercises_in(own.notebook, released).values()):
        raise UsageError(messages.no_exercises(str(path)))
    return own, released


def _find_released(path: Path, own: NotebookNode) -> Path:
    """The released notebook's file; `path` itself if there is none."""
    copies = sorted((path.parent / COPY).glob("*.ipynb"))
    if copies:
        return copies[0]
    for folder in (path.parent, Path.cwd()):
        try:
            notebooks = [one.release_notebook for one in find_course(folder).assignments()]
        except AutograderError:  # not in a course, or nothing is released
            continue
        for notebook in notebooks:
            exercises = exercises_in(own, nbformat.read(notebook, as_version=4))
            if sum(exercises.values()) > len(exercises) / 2:
                return notebook
    return path
