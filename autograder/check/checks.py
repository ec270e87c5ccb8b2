"""What a notebook's own checks say of it: for each exercise its points, its state, a message.

These are the public checks that stand in the notebook. The hidden tests decide the points; a check
that passes is a good sign, not a grade.
"""

import copy
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from nbformat import NotebookNode

from autograder.check.runner import ENDED, TIMEOUT
from autograder.course import Limits
from autograder.notebook.cells import (
    answer_words,
    bonus_exercises,
    exercise_of,
    grade_id,
    is_check,
    is_unwritten,
)

FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
MAX_MESSAGE = 500  # characters


class State(StrEnum):
    """How an exercise stands."""

    PASSED = "passed"
    WRITTEN = "written"
    UNWRITTEN = "unwritten"
    FAILED = "failed"
    TIMEOUT = "timeout"
    NOT_RUN = "not_run"

    @property
    def fine(self) -> bool:
        return self in (State.PASSED, State.WRITTEN)


@dataclass(frozen=True)
class Finding:
    """One exercise: `points` are at stake, and `message` says what to look at."""

    exercise: str
    points: float
    state: State
    message: str
    written: bool = False
    bonus: bool = False


@dataclass(frozen=True)
class Checkup:
    """A whole notebook. `remarks` are about the notebook itself, a line each."""

    notebook: str
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]
    seconds: float

    @property
    def fine(self) -> bool:
        return all(finding.state.fine for finding in self.findings if not finding.bonus)

    @property
    def points(self) -> float:
        """The points of the exercises in code whose checks pass."""
        return sum((f.points for f in self.findings if f.state is State.PASSED), 0.0)

    @property
    def max_points(self) -> float:
        """The points of all exercises in code, without a bonus."""
        return sum((f.points for f in self.findings if not (f.written or f.bonus)), 0.0)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": 1,
            "notebook": self.notebook,
            "points": self.points,
            "max_points": self.max_points,
            "seconds": self.seconds,
            "remarks": list(self.remarks),
            "exercises": [asdict(finding) for finding in self.findings],
        }


def prepare(notebook: NotebookNode, released: NotebookNode) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook with the released checks, and a remark for each cell that was changed for it.

    What is locked comes from the release, as it will when it is graded. A check that is gone runs
    at the end.
    """
    notebook = copy.deepcopy(notebook)
    remarks = []
    for original in released.cells:
        name = grade_id(original)
        if not name:
            continue
        found = [cell for cell in notebook.cells if grade_id(cell) == name]
        if len(found) > 1:
            remarks.append(
                f"{name}: the notebook holds this cell {len(found)} times; the last one counts"
            )
            for extra in found[:-1]:
                del extra.metadata["nbgrader"]
        if not _is_locked(original):
            if not found:
                remarks.append(f"{name}: its cell is gone; copy it from a fresh notebook")
        elif not found:
            notebook.cells.append(copy.deepcopy(original))
            remarks.append(f"{name}: this cell is gone; it is put back when it is graded")
        elif found[-1].source != original.source:
            found[-1].source = original.source
            remarks.append(f"{name}: this locked cell was edited; what was released runs instead")
    return notebook, tuple(remarks)


def examine(executed: NotebookNode, released: NotebookNode, limits: Limits) -> tuple[Finding, ...]:
    """What each released exercise's check said, in the notebook's order."""
    cells = {grade_id(cell): cell for cell in executed.cells if grade_id(cell)}
    bonus = bonus_exercises(released)
    findings = []
    for original in released.cells:
        name = grade_id(original)
        note = original.metadata.get("nbgrader", {})
        points = float(note.get("points", 0.0))
        if note.get("grade") and note.get("solution"):
            state, message = _written(cells.get(name))
            findings.append(Finding(name, points, state, message, written=True))
        elif note.get("grade") and is_check(name):
            exercise = exercise_of(name)
            state, message = _judge(cells.get(exercise), cells.get(name), executed, limits)
            findings.append(Finding(exercise, points, state, message, bonus=exercise in bonus))
    return tuple(findings)


def other_errors(executed: NotebookNode) -> tuple[str, ...]:
    """A line for each cell of neither an exercise nor a check that stopped with an error.

    While exercises are unwritten, what is built on them cannot run: that is not said again.
    """
    lines = []
    for cell in executed.cells:
        error = None if grade_id(cell) or cell.cell_type != "code" else _error_of(cell)
        if error and error.ename not in ("NotImplementedError", "NameError"):
            place = f"In [{cell.execution_count}]" if cell.execution_count else "a cell"
            lines.append(
                f"{place}, '{_line(cell.source)[:40]}…', stops with {_says(error, executed)}"
            )
    return tuple(lines)


def _is_locked(cell: NotebookNode) -> bool:
    return bool(cell.metadata.nbgrader.get("locked"))


def _written(cell: NotebookNode | None) -> tuple[State, str]:
    words = answer_words(cell.source) if cell is not None else 0
    if not words:
        return State.UNWRITTEN, "not written yet"
    return State.WRITTEN, f"{words} word{'s' * (words != 1)}; a person will read it"


def _judge(
    answer: NotebookNode | None, check: NotebookNode | None, executed: NotebookNode, limits: Limits
) -> tuple[State, str]:
    own, said = _error_of(answer), _error_of(check)
    first = own or said
    if answer is None:
        return State.UNWRITTEN, "its cell is gone"
    if is_unwritten(answer.source):
        return State.UNWRITTEN, "not written yet"
    if first and first.ename == "NotImplementedError":
        return State.FAILED, "it calls an exercise that is not written yet"
    if first and first.ename == TIMEOUT:
        which = "its cell" if own else "its check"
        return State.TIMEOUT, (
            f"{which} was stopped after {limits.cell_seconds:.0f} s (an endless loop?)"
        )
    if first and first.ename == ENDED:
        return State.FAILED, "its code ended the notebook's Python"
    if own:
        return State.FAILED, f"its cell stops with {_says(own, executed)}"
    if said and said.ename == "AssertionError":
        return State.FAILED, _line(said.evalue) or f"its check fails: {_says(said, executed)}"
    if said:
        return State.FAILED, f"its check stops with {_says(said, executed)}"
    if check is None or check.execution_count is None:
        return State.NOT_RUN, "did not run: the notebook's Python had ended, or its time was up"
    return State.PASSED, "looks right so far"


def _error_of(cell: NotebookNode | None) -> NotebookNode | None:
    outputs = cell.outputs if cell is not None else ()
    errors = [output for output in outputs if output.output_type == "error"]
    ours = [output for output in errors if output.ename in (TIMEOUT, ENDED)]
    return next(iter(ours or errors), None)


def _says(error: NotebookNode, executed: NotebookNode) -> str:
    """The error in a line, with the deepest line of the student's own code on its way."""
    if error.ename == TIMEOUT:
        return "the limit of time (an endless loop?)"
    text = f"{error.ename}: {_line(error.evalue)}" if error.evalue else str(error.ename)
    frames = FRAME.findall(ANSI.sub("", "\n".join(error.traceback)))
    for count, number in reversed(frames):
        for cell in executed.cells:
            if cell.get("execution_count") == int(count) and not is_check(grade_id(cell)):
                lines = cell.source.split("\n")
                if 0 < int(number) <= len(lines):
                    return f"{text} (in your line: {_line(lines[int(number) - 1])})"
    return text


def _line(text: str) -> str:
    return " ".join(str(text).split())[:MAX_MESSAGE]
