"""Exceptions for a hidden test that gets no answer from the student's notebook, one per cause.

The `remark` is for the student and contains no data that a hidden test sent. The message is for the
TA and can contain such data. Students control the messages of their exceptions and the names of
their own classes, so a remark contains neither. A remark contains a line of code only if the
exercise's own cell has that line.
"""

import builtins
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.notebook.cells import is_unwritten
from autograder.notebook.failure import MISSING_NAME, CellFailure
from autograder.probe.protocol import ReplyStatus
from autograder.results import wording
from autograder.results.model import Outcome

BUILTIN_ERRORS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)
# What torch says on a machine without a GPU.
NO_DEVICE = re.compile(
    "Torch not compiled with CUDA enabled|Found no NVIDIA driver|PyTorch is not linked with support"
    " for mps|No CUDA GPUs are available"
)
LONG_CELL = 60  # lines; no exercise needs this many


class StudentError(Exception):
    """No answer from the student's notebook."""

    outcome: Outcome

    def __init__(self, remark: str = "", detail: str = ""):
        super().__init__(detail or remark)
        self.remark = remark


class MissingName(StudentError):
    """The notebook defines no such name."""

    outcome = Outcome.MISSING


class Unwritten(StudentError):
    """The exercise, or one that it calls, still holds its stub."""

    outcome = Outcome.UNWRITTEN


class NotPython(MissingName):
    """Python cannot read the exercise's cell."""

    outcome = Outcome.SYNTAX_ERROR


class Raised(StudentError):
    """The student's code raised an exception. `types` are the names of its class and its bases."""

    outcome = Outcome.RAISED

    def __init__(self, remark: str, detail: str, types: Sequence[str]):
        super().__init__(remark, detail)
        self.types = tuple(types)


class TimedOut(StudentError):
    """The student's code exceeded the time limit of a call or an exercise."""

    outcome = Outcome.TIMEOUT


class KernelDied(StudentError):
    """The student's code ended its Python process, or was ended at a limit other than time."""

    outcome = Outcome.KERNEL_DIED


class Unserializable(StudentError):
    """The answer is not plain data, and the test needs plain data."""

    outcome = Outcome.UNSERIALIZABLE


@dataclass(frozen=True)
class CellSources:
    """The code of each exercise's cell, by exercise, in the submission and in the solution.

    `failures` says why an exercise's cell did not complete, and `lost` why a name is missing that
    another cell should define.
    """

    submitted: Mapping[str, str] = field(default_factory=dict)
    solutions: Mapping[str, str] = field(default_factory=dict)
    failures: Mapping[str, CellFailure] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)

    def has_line(self, exercise: str, number: int, text: str) -> bool:
        """Whether the exercise's own cell has this text at this line, counted from 1.

        False for a cell longer than LONG_CELL: with many lines, the line that raised could reveal
        the hidden input to the student.
        """
        lines = self.submitted.get(exercise, "").splitlines()
        return 0 < number <= len(lines) <= LONG_CELL and lines[number - 1].strip() == text


def failure_from_reply(
    content: Mapping[str, Any], exercise: str, sources: CellSources
) -> StudentError:
    """The exception for a reply of the probe without a value, in a test of `exercise`.

    Raises LookupError, TypeError or ValueError if the probe did not write the reply.
    """
    status = ReplyStatus(content["status"])
    if status is ReplyStatus.MISSING:
        name = str(content["name"])[:100]
        source = sources.submitted.get(name, "")
        if source.strip() and is_unwritten(source):
            return Unwritten(detail=name)
        return _missing(name, exercise, sources)
    if status is ReplyStatus.UNSERIALIZABLE:
        return Unserializable(wording.NO_DATA, str(content["what"]))
    if status is ReplyStatus.INTERRUPTED:
        return Raised(wording.INTERRUPTED, "", ["KeyboardInterrupt"])
    if status is not ReplyStatus.RAISED:
        raise ValueError(f"a reply with status {status}")
    types = [str(kind)[:100] for kind in content["types"][:20]]
    message = str(content["message"])[:2000]
    lines = [(int(number), str(text)[:200]) for number, text in content["lines"][-5:]]
    trace = "".join(f"\n  line {number}: {text}" for number, text in lines)
    detail = f"{types[0]}: {message}{trace}"
    if types[0] == NotImplementedError.__name__:
        return Unwritten(detail=detail)
    return Raised(_raised_remark(types, message, lines, exercise, sources), detail, types)


def _missing(name: str, exercise: str, sources: CellSources) -> StudentError:
    """Why the notebook defines no such name."""
    failure = sources.failures.get(name) or sources.failures.get(exercise)
    if failure is not None and failure.exception == NotImplementedError.__name__:
        return Unwritten(detail=name)
    if failure is not None and failure.is_syntax_error:
        return NotPython(wording.not_python(failure), name)
    if failure is not None:
        return MissingName(wording.cell_stopped(failure), name)
    if name in sources.lost:
        return MissingName(sources.lost[name], name)
    if name in sources.submitted or exercise in sources.submitted:
        return MissingName(wording.did_not_define(name), name)
    return MissingName(wording.NO_CELL, name)


def _raised_remark(
    types: list[str],
    message: str,
    lines: list[tuple[int, str]],
    exercise: str,
    sources: CellSources,
) -> str:
    known = next((kind for kind in types if kind in BUILTIN_ERRORS), "Exception")
    # The message itself can hold what the test sent. A name from the notebook's text does not.
    missing = MISSING_NAME.fullmatch(message) if types[0] == NameError.__name__ else None
    because = sources.lost.get(missing[1], "") if missing else ""
    if NO_DEVICE.match(message):
        because = wording.NO_GPU
    for number, text in reversed(lines):
        if sources.has_line(exercise, number, text):
            return wording.raised(known, number, text, because)
    return wording.raised(known, because=because)
