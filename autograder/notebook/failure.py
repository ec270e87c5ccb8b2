"""Why a code cell did not complete: a cause and its details, kept in the cell's metadata."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from nbformat import NotebookNode

from autograder.notebook.packages import grading_packages

MISSING_NAME = re.compile(r"name '(\w+)' is not defined")  # Python's message for a NameError
NOTE = "autograder"  # the key in a cell's metadata
# Python's message. One that goes on ("; 'x' is not a package") is about a package that is there.
MISSING_MODULE = re.compile(r"No module named '([\w.]+)'")


class FailureCause(StrEnum):
    """What kept a code cell from completing."""

    RAISED = "raised"
    TIMEOUT = "timeout"
    OUTPUT_LIMIT = "output_limit"  # in earlier results only; output stops no cell now
    UNREADABLE_OUTPUT = "unreadable_output"
    ENDED_PYTHON = "ended_python"
    NOT_RUN_PYTHON_ENDED = "not_run_python_ended"
    NOT_RUN_NOTEBOOK_TIME = "not_run_notebook_time"
    NOT_RUN_KEEPS_ENDING = "not_run_keeps_ending"

    @property
    def was_stopped(self) -> bool:
        """Whether the cell was stopped, or ended its own kernel."""
        return self in STOPPED


STOPPED = frozenset(
    (
        FailureCause.TIMEOUT,
        FailureCause.OUTPUT_LIMIT,
        FailureCause.UNREADABLE_OUTPUT,
        FailureCause.ENDED_PYTHON,
    )
)


@dataclass(frozen=True)
class CellFailure:
    """One cell's failure.

    `detail` is the limit that was passed ("60 s", or "6 s, ..." and why it was less), why Python
    ended, or the exception's message. `exception` is the name of the exception's class,
    `missing_name` the name that a NameError is about, and `line` the cell's line where it stopped,
    from 1; 0 if unknown.
    """

    cause: FailureCause
    detail: str = ""
    exception: str = ""
    missing_name: str = ""
    line: int = 0

    @property
    def is_syntax_error(self) -> bool:
        """Whether Python could not read the cell."""
        return self.exception in ("SyntaxError", "IndentationError", "TabError")


def missing_package(failure: CellFailure) -> str:
    """The package whose absence is the failure, as its code imports it, or ''.

    The top-level name of a missing module, as `onnx` of `onnx.helper`. Where grading has the
    top-level one, the whole name: `google.colab`, `torch.typo`.
    """
    if failure.exception != ModuleNotFoundError.__name__:
        return ""
    match = MISSING_MODULE.fullmatch(failure.detail)
    return grading_packages().missing_part(match[1]) or match[1] if match else ""


def record_failure(cell: NotebookNode, failure: CellFailure) -> None:
    """Keep a failure in the cell's metadata."""
    cell.metadata[NOTE] = NotebookNode({**asdict(failure), "cause": failure.cause.value})


def forget_failure(cell: NotebookNode) -> None:
    """Remove a recorded failure, so that the cell can run again."""
    cell.metadata.pop(NOTE, None)


def recorded_failure(cell: NotebookNode) -> CellFailure | None:
    """The failure that `record_failure` kept, or None."""
    note = cell.metadata.get(NOTE)
    if not note or "cause" not in note:
        return None
    return CellFailure(**{**note, "cause": FailureCause(note["cause"])})


def how_python_ended(code: int | None) -> str:
    """Why a kernel ended by itself, from its exit code if that is known.

    A signal is a negative code, or one above 128 from a program that waited for Python. Windows has
    large codes.
    """
    if code is None:
        return "it crashed, or was told to exit"
    crashed = code < 0 or 128 < code < 193 or code > 255
    return "it crashed, perhaps out of memory" if crashed else "it was told to exit"
