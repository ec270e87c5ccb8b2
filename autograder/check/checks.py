"""Judges each exercise of a student's notebook by the public checks in it.

The hidden tests decide the points. A check that passes is a good sign, not a grade.
"""

import builtins
from collections.abc import Sequence

from nbformat import NotebookNode

from autograder.check import messages
from autograder.check.imports import missing_imports
from autograder.check.report import ExerciseCheck, State
from autograder.notebook.cells import (
    answer_words,
    bonus_exercises,
    exercise_of,
    grade_id,
    is_check,
    is_locked,
    is_unwritten,
)
from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.failure import CellFailure, FailureCause, recorded_failure
from autograder.notebook.names import defined_by, needed_by
from autograder.notebook.packages import grading_packages
from autograder.notebook.reader import Reading
from autograder.notebook.replies import ANSI, FRAME
from autograder.notebook.restore import restore
from autograder.notebook.state import last_definer, mark_given, recorded_changes
from autograder.results import wording

MAX_MESSAGE = 500  # characters


def prepare(own: Reading, released: NotebookNode) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook as grading will run it, and a remark for each cell that differs from the file.

    First the remarks on the notebook, then those on cells, in the order of the released cells.
    """
    restored = restore(own.notebook, released)
    if _sources(own.notebook) != _sources(released):  # else the released cells are unknown
        mark_given(restored.notebook, released)
    present = {grade_id(cell) for cell in own.notebook.cells}
    for change in restored.changes:
        if change.kind is ChangeKind.LOST_METADATA:
            present |= set(change.cell.split(", "))
    remarks: list[tuple[str, str]] = []
    for cell in released.cells:
        name = grade_id(cell)
        if name and not is_locked(cell) and name not in present:
            remarks.append((name, messages.exercise_missing(name)))
    missing = {name for name, _ in remarks}
    for change in _worth_saying((*own.changes, *restored.changes)):
        if change.cell not in missing or change.kind is ChangeKind.ELSEWHERE:
            remarks.append((change.cell, wording.will_be_restored(change)))
    order = {grade_id(cell): index for index, cell in enumerate(released.cells)}
    remarks.sort(key=lambda remark: order.get(remark[0], -1))
    return restored.notebook, tuple(text for _, text in remarks)


def check_exercises(executed: NotebookNode, released: NotebookNode) -> tuple[ExerciseCheck, ...]:
    """The state of each released exercise after the notebook ran, in the notebook's order."""
    cells = {grade_id(cell): cell for cell in executed.cells if grade_id(cell)}
    bonus = bonus_exercises(released)
    checks = []
    for original in released.cells:
        name = grade_id(original)
        note = original.metadata.get("nbgrader", {})
        points = float(note.get("points", 0.0))
        if note.get("grade") and note.get("solution"):
            state, message = _judge_words(cells.get(name))
            checks.append(ExerciseCheck(name, points, state, message, written=True))
        elif note.get("grade") and is_check(name):
            exercise = exercise_of(name)
            state, message = _judge_code(cells.get(exercise), cells.get(name), executed)
            checks.append(ExerciseCheck(exercise, points, state, message, bonus=exercise in bonus))
    return tuple(checks)


def other_errors(executed: NotebookNode) -> tuple[str, ...]:
    """A line for each cell that did not complete and is neither an exercise nor a check.

    While exercises are unwritten, the cells that use them cannot run: that is not said again. The
    same goes for cells that did not run at all.
    """
    lines = []
    for cell in executed.cells:
        failure = None if grade_id(cell) else _failure(cell)
        if failure is None or failure.exception in ("NotImplementedError", "NameError"):
            continue
        which = messages.other_cell(cell.get("execution_count"), _one_line(cell.source))
        if failure.cause is FailureCause.RAISED:
            lines.append(messages.raised(which, _error_text(cell, failure, executed)))
        elif failure.cause.was_stopped:
            lines.append(messages.stopped(which, failure))
    return tuple(lines)


def changed_states(executed: NotebookNode) -> tuple[str, ...]:
    """A line for each setting that a cell changed for all others, and that was put back."""
    return tuple(
        wording.changed_state(
            messages.other_cell(cell.get("execution_count"), _one_line(cell.source)), change
        )
        for cell, change in recorded_changes(executed)
    )


def shadowed_names(executed: NotebookNode) -> tuple[str, ...]:
    """A line for each name of Python or of the course that a cell gave another value, where a cell
    that uses the name failed."""
    course = (defined_by(cell.source) for cell in executed.cells if is_locked(cell))
    known = set(dir(builtins)).union(*course)
    code = [cell.source for cell in executed.cells if cell.cell_type == "code"]
    broken = [cell.source for cell in executed.cells if _is_broken(cell)]
    used = set().union(*(needed_by(source, code) for source in broken))
    lines = []
    for name in sorted(known & used):
        definer = last_definer(executed, name)
        if definer is not None and not grade_id(definer):
            which = messages.other_cell(definer.get("execution_count"), _one_line(definer.source))
            lines.append(messages.shadowed(which, name))
    return tuple(lines)


def _is_broken(cell: NotebookNode) -> bool:
    """Whether a cell failed with an error that a name with another value can cause."""
    failure = _failure(cell)
    return (
        failure is not None
        and failure.cause is FailureCause.RAISED
        and failure.exception not in ("NotImplementedError", "NameError")
    )


def import_warnings(executed: NotebookNode, beside: frozenset[str]) -> tuple[str, ...]:
    """A line for each module that the notebook imports and grading will not have.

    `beside` are the modules that lie beside the notebook.
    """
    return tuple(
        messages.missing_import(cell.get("execution_count"), _one_line(cell.source), module)
        for cell, module in missing_imports(executed, grading_packages(), beside)
    )


def _sources(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.source.strip()]


def _worth_saying(changes: Sequence[CellChange]) -> list[CellChange]:
    """Each change that concerns the student, once."""
    silent = ChangeKind.FOREIGN_ID
    return [
        change
        for change in dict.fromkeys(changes)
        if change.kind is not silent and not (change.kind is ChangeKind.KERNEL and change.cell)
    ]


def _judge_words(cell: NotebookNode | None) -> tuple[State, str]:
    words = answer_words(cell.source) if cell is not None else 0
    if not words:
        return State.UNWRITTEN, messages.NOT_WRITTEN
    return State.WRITTEN, messages.written(words)


def _judge_code(
    answer: NotebookNode | None, check: NotebookNode | None, executed: NotebookNode
) -> tuple[State, str]:
    if answer is None:
        return State.UNWRITTEN, messages.CELL_MISSING
    if is_unwritten(answer.source):
        return State.UNWRITTEN, messages.NOT_WRITTEN
    for which, cell in (("its cell", answer), ("its check", check)):
        failure = _failure(cell)
        if cell is None or failure is None:
            continue
        if failure.cause is FailureCause.TIMEOUT:
            return State.TIMEOUT, messages.stopped(which, failure)
        if failure.cause.was_stopped:
            return State.FAILED, messages.stopped(which, failure)
        if failure.cause is not FailureCause.RAISED:
            return State.NOT_RUN, messages.stopped(which, failure)
        if failure.exception == "NotImplementedError":
            return State.FAILED, messages.CALLS_UNWRITTEN
        text = _error_text(cell, failure, executed)
        if cell is check and failure.exception == "AssertionError":
            said = _one_line(_full_message(cell, failure))
            return State.FAILED, said or messages.assertion_without_message(text)
        return State.FAILED, messages.raised(which, text)
    return State.PASSED, messages.PASSED


def _failure(cell: NotebookNode | None) -> CellFailure | None:
    return recorded_failure(cell) if cell is not None and cell.cell_type == "code" else None


def _error_output(cell: NotebookNode) -> NotebookNode:
    """The error that Jupyter recorded in the cell's outputs, or an empty one."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    return errors[0] if errors else NotebookNode(ename="", evalue="", traceback=[])


def _full_message(cell: NotebookNode, failure: CellFailure) -> str:
    return str(_error_output(cell).evalue or failure.detail)


def _error_text(cell: NotebookNode, failure: CellFailure, executed: NotebookNode) -> str:
    """The exception in a line, with the deepest line of the student's own code on its way."""
    message = _one_line(_full_message(cell, failure))
    frames = FRAME.findall(ANSI.sub("", "\n".join(_error_output(cell).traceback)))
    for count, number in reversed(frames):
        for other in executed.cells:
            if other.get("execution_count") == int(count) and not is_check(grade_id(other)):
                lines = other.source.split("\n")
                if 0 < int(number) <= len(lines):
                    line = _one_line(lines[int(number) - 1])
                    return messages.error_line(failure.exception, message, line)
    return messages.error_line(failure.exception, message, "")


def _one_line(text: str) -> str:
    return " ".join(str(text).split())[:MAX_MESSAGE]
