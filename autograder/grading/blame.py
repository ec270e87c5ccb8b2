"""What a reply without an answer says: one of `no_answer`'s exceptions, in words for its student.

The words cannot carry what a hidden test sent: the exception's message, and the name of a class of
the student's own, are theirs to choose; so is a line of code, unless that very line stands in the
notebook.
"""

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.grading.failures import UNWRITTEN, MissingName, Raised, StudentError, Unserializable
from autograder.notebook.cells import is_unwritten

BUILTIN_ERRORS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)
LONG_CELL = 60  # lines; no exercise needs as many


@dataclass(frozen=True)
class Written:
    """By exercise the text of its cell, in the submission and in the solution."""

    exercises: Mapping[str, str] = field(default_factory=dict)
    solutions: Mapping[str, str] = field(default_factory=dict)

    def has_line(self, exercise: str, number: int, text: str) -> bool:
        """Does the exercise's own cell have this text at this line, counted from 1?

        Not in a long cell: a student could tell hidden inputs by which of many lines raised.
        """
        lines = self.exercises.get(exercise, "").splitlines()
        return 0 < number <= len(lines) <= LONG_CELL and lines[number - 1].strip() == text


def why_no_answer(content: Mapping[str, Any], exercise: str, written: Written) -> StudentError:
    """Why the probe's reply to a test of that exercise holds no answer.

    Raises LookupError, TypeError or ValueError for a reply that the probe did not write.
    """
    status = content["status"]
    if status == "missing":
        name = str(content["name"])[:100]
        if name in written.exercises and is_unwritten(written.exercises[name]):
            return MissingName(UNWRITTEN, name)
        return MissingName("it is not defined: its cell was deleted, renamed or failed", name)
    if status == "unserializable":
        remark = "it returned something that is no number, list, array, tensor or the like"
        return Unserializable(remark, str(content["what"]))
    if status == "interrupted":
        return Raised("it stopped as if someone had interrupted it", "", ["KeyboardInterrupt"])
    types = [str(kind)[:100] for kind in content["types"][:20]]
    message = str(content["message"])[:2000]
    lines = [(int(number), str(text)[:200]) for number, text in content["lines"][-5:]]
    trace = "".join(f"\n  line {number}: {text}" for number, text in lines)
    remark = _what_was_raised(types, lines, exercise, written)
    return Raised(remark, f"{types[0]}: {message}{trace}", types)


def _what_was_raised(
    types: list[str], lines: list[tuple[int, str]], exercise: str, written: Written
) -> str:
    if types[0] == "NotImplementedError":
        return UNWRITTEN
    known = next((kind for kind in types if kind in BUILTIN_ERRORS), "Exception")
    for number, text in reversed(lines):
        if written.has_line(exercise, number, text):
            return f"it raised {known} at line {number} of its cell: {text}"
    return f"it raised {known}"
