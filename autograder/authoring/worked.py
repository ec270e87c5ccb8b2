"""Reads a notebook that an instructor wrote, in any format of Jupytext."""

import warnings
from pathlib import Path

import jupytext
from nbformat import NotebookNode
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

from autograder.errors import AutograderError


def read_worked(path: Path) -> NotebookNode:
    """The notebook. Raises AutograderError, in one line, if it cannot be read."""
    try:
        with warnings.catch_warnings():
            # The build gives every cell an id of its own.
            for kind in (MissingIDFieldWarning, DuplicateCellId):
                warnings.simplefilter("ignore", kind)
            return jupytext.read(path, fmt=_percent(path))
    except OSError as error:
        raise AutograderError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, AttributeError) as error:  # JSON, UTF-8, a notebook's form
        why = str(error).partition("\n")[0]
        raise AutograderError(f"{path} is not a notebook that can be read: {why}") from None


def _percent(path: Path) -> str | None:
    """The format of a script without Jupytext's header, whose first line is of a cell.

    Jupytext finds such cells by itself, but takes a magic in them for a comment.
    """
    if path.suffix != ".py":
        return None
    with path.open(encoding="utf-8") as file:
        return "py:percent" if file.readline().startswith("# %%") else None
