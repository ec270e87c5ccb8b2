"""What a student's cell left behind for the cells after it, kept in the cell's metadata.

The kernel's guard (`probe.guard`) puts it back before the course's cells and the exercises run.
"""

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from nbformat import NotebookNode

from autograder.notebook.cells import grade_id, is_check, is_locked
from autograder.notebook.lost_cells import Places
from autograder.notebook.names import defined_by

GIVEN = "given"  # keys in a cell's metadata
CHANGED = "changed"
# The code that makes each change, by a word in the guard's name for it.
MAKERS = (
    ("gradient", "grad|inference_mode"),
    ("default type", "dtype|tensor_type"),
    ("default device", "device"),
    ("deterministic", "deterministic"),
    ("anomaly", "anomaly"),
    ("W&B", "wandb"),
    ("NumPy", "seterr"),
    ("warnings", "warnings|filter"),
    ("recursion", "recursion"),
    ("every cell", "register"),
    ("every line", "settrace|setprofile"),
)


def mark_given(notebook: NotebookNode, released: NotebookNode) -> None:
    """Mark the cells that stand in the release as they are, beside the locked ones."""
    for cell in Places(notebook, released).unchanged():
        cell.metadata[GIVEN] = True


def is_given(cell: NotebookNode) -> bool:
    """Whether the course wrote the cell: it is locked, or marked by `mark_given`."""
    return is_locked(cell) or bool(cell.metadata.get(GIVEN))


def given_names(cell: NotebookNode) -> set[str]:
    """The names that the course's cell defines for the notebook."""
    return set() if is_check(grade_id(cell)) else defined_by(cell.source)


def guard_expression(names: Collection[str], given: bool) -> str:
    """An expression for the kernel: put settings back, and keep what these names stand for.

    If the next cell is the course's, `given`, names have the course's meaning until the next step.
    """
    return f"get_ipython().autograder_guard.step({sorted(names)!r}, {given})"


def read_changes(reply: Mapping[str, Any]) -> list[str]:
    """What the guard says that it put back, from the kernel's reply to `guard_expression`."""
    try:
        text = reply["user_expressions"]["guard"]["data"]["text/plain"]
        return [str(change)[:200] for change in json.loads(ast.literal_eval(text))[:10]]
    except (KeyError, TypeError, ValueError, SyntaxError):  # a kernel without a guard, or forged
        return []


def was_evaluated(reply: Mapping[str, Any]) -> bool:
    """Whether the kernel evaluated the expressions that it was asked for, without an error."""
    found = reply.get("user_expressions")
    values = found.values() if isinstance(found, dict) else ()
    return all(isinstance(one, dict) and one.get("status") == "ok" for one in values)


def record_changes(cells: Sequence[NotebookNode], changes: Iterable[str]) -> None:
    """Note each change in the cell that made it, one of `cells`, which ran in this order."""
    for change in changes:
        cell = blamed(cells, change)
        if cell is not None:
            known = cell.metadata.setdefault(CHANGED, [])
            known += [] if change in known else [change]


def recorded_changes(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    """(cell, what it changed) for each change that was put back."""
    for cell in notebook.cells:
        for change in cell.metadata.get(CHANGED, ()):
            yield cell, change


def blamed(cells: Sequence[NotebookNode], change: str) -> NotebookNode | None:
    """The last cell whose code can make a change, or else the last one."""
    replaced = re.fullmatch(r"replaced (?:the built-in )?(?:\w+\.)*(\w+)", change)
    by_name = ((replaced[0], rf"\b{replaced[1]}\b"),) if replaced else ()
    for word, code in (*by_name, *MAKERS):
        if word in change:
            for cell in reversed(cells):
                if re.search(code, cell.source):
                    return cell
    return cells[-1] if cells else None


def last_definer(notebook: NotebookNode, name: str) -> NotebookNode | None:
    """The last cell of the student's that gives a name a value."""
    own = (c for c in reversed(notebook.cells) if c.cell_type == "code" and not is_given(c))
    return next((cell for cell in own if name in defined_by(cell.source)), None)


def code_after_import(source: str, line: int) -> str:
    """What a cell would still import and define after a statement that could not import.

    `line` is the line of that statement. Empty if there is nothing left.
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    failed = [n for n in body if n.lineno <= line <= (n.end_lineno or n.lineno)]
    if not failed or not isinstance(failed[0], ast.Import | ast.ImportFrom):
        return ""
    parts = []
    for statement in body[body.index(failed[0]) + 1 :]:
        code = ast.unparse(statement)
        if isinstance(statement, ast.Import | ast.ImportFrom):
            parts.append(f"try:\n    {code}\nexcept ImportError:\n    pass")
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            parts.append(code)
    return "\n".join(parts)
