"""A student's notebook where they work on it, and the released one that lies beside it."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.errors import UsageError
from autograder.notebook.cells import grade_id
from autograder.notebook.reader import read_notebook

COPY = ".autograder"  # the folder of a student's repository that holds the notebook as released


def read_own(path: Path) -> tuple[NotebookNode, NotebookNode]:
    """(the notebook, the released one to compare it with: itself, where no copy lies beside it).

    Raises UsageError for a path that is no notebook of the course, and BadSubmission for one that
    grading would refuse.
    """
    if path.is_dir() or path.suffix != ".ipynb" or not path.is_file():
        there = (path if path.is_dir() else path.parent).resolve()
        found = sorted(other.name for other in there.glob("*.ipynb")) if there.is_dir() else []
        known = f"there is {' and '.join(found)}" if found else f"{there} holds no notebook"
        wrong = f"{path} is no notebook (.ipynb)" if path.exists() else f"there is no file {path}"
        raise UsageError(f"{wrong}; {known}")
    own = read_notebook(path)
    copies = sorted((path.parent / COPY).glob("*.ipynb"))
    released: NotebookNode = nbformat.read(copies[0] if copies else path, as_version=4)
    graded = [c for c in released.cells if c.metadata.get("nbgrader", {}).get("grade")]
    if not graded or not {grade_id(c) for c in graded} & {grade_id(c) for c in own.cells}:
        raise UsageError(f"{path} holds none of the assignment's exercises: check the one you got")
    return own, released
