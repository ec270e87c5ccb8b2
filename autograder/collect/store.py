"""Installs collected notebooks into submitted/STUDENT/WEEK, and never deletes an earlier one.

A version that is replaced moves to .collect/WEEK/earlier/STUDENT. Where a version came from is
noted in .collect/WEEK/STUDENT.json, outside the submission, because all files in there take part
in grading.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.collect.model import (
    Candidate,
    Collected,
    CollectError,
    CollectStatus,
    clock,
)
from autograder.course import Assignment
from autograder.files import read_plain, write_atomically
from autograder.notebook.file import MAX_NOTEBOOK
from autograder.results.store import FILE_NAME
from autograder.text import printable

STAMP = "timestamp.txt"  # nbgrader's name for it
STAMP_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
MAX_STAMP = 4096  # bytes


def install(
    assignment: Assignment, candidate: Candidate, replace_graded: bool = False
) -> Collected:
    """Put a student's notebook into submitted/, completely or not at all.

    If the same notebook is there, nothing changes. A different one moves to .collect/. A graded one
    is replaced only with `replace_graded`.
    """
    folder = assignment.submitted(candidate.student)
    row = Collected(
        candidate.student,
        CollectStatus.NEW,
        reason=candidate.remark,
        commit=candidate.origin.get("commit", ""),
        time=candidate.time,
        marked_late=candidate.marked_late,
    )
    if os.path.lexists(folder):
        if _notebook(folder) == candidate.notebook:
            return replace(
                row, status=CollectStatus.UNCHANGED, time=time_in_place(folder) or candidate.time
            )
        if (assignment.autograded(candidate.student) / FILE_NAME).exists() and not replace_graded:
            which = f"a different one{f' from {clock(candidate.time)}' if candidate.time else ''}"
            return replace(
                row,
                status=CollectStatus.KEPT,
                reason=f"graded already; {which} was not collected: --replace collects it",
                commit=assignment.origin(candidate.student).get("commit", ""),
                time=time_in_place(folder),
            )
        row = replace(row, status=CollectStatus.UPDATED)
    _swap(assignment, folder, candidate)
    note = {"student": candidate.student, "collected": _stamp(datetime.now(UTC))}
    note |= {"handed_in": _stamp(candidate.time)} if candidate.time else {}
    note |= {name: printable(value) for name, value in candidate.origin.items()}
    text = json.dumps(note, indent=1, ensure_ascii=False) + "\n"
    write_atomically(assignment.collected / f"{candidate.student}.json", text)
    return row


def time_in_place(folder: Path) -> datetime | None:
    """When the submission in a folder was submitted, from nbgrader's timestamp; None if unknown."""
    try:
        text = read_plain(folder, STAMP, MAX_STAMP)
    except (OSError, ValueError):
        return None
    return read_stamp(text) if text else None


def read_stamp(text: bytes) -> datetime | None:
    """The time in a timestamp.txt; None if it contains none."""
    try:
        time: datetime = parse_utc(text.decode().strip())
        return time.replace(tzinfo=UTC)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def select_notebook(files: Mapping[str, str], released: str) -> str:
    """The path of the notebook to collect: the released one's, or else the only one's.

    `files` maps each path to what it is ("a link"), or to '' for a plain file. Notebooks in hidden
    folders are skipped. Raises CollectError if there is no notebook, if there are several, or if
    it is not a plain file.
    """
    notebooks = [released] if released in files else [path for path in files if _visible(path)]
    plain = [path for path in notebooks if not files[path]]
    if len(plain) == 1:
        return plain[0]
    if plain:
        names = ", ".join(plain[:3]) + (f" and {len(plain) - 3} more" if len(plain) > 3 else "")
        raise CollectError(f"holds {len(plain)} notebooks ({names}), and none is called {released}")
    if notebooks:
        raise CollectError(f"{notebooks[0]} is {files[notebooks[0]]}, not a file")
    raise CollectError("holds no notebook (.ipynb)")


def _visible(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.lower().endswith(".ipynb") and not hidden


def _notebook(folder: Path) -> bytes | None:
    """The only notebook in a submission's folder, under any name; None if there are several."""
    names = [path.name for path in folder.glob("*.ipynb")]
    if len(names) != 1:
        return None
    try:
        return read_plain(folder, names[0], MAX_NOTEBOOK)
    except (OSError, ValueError):
        return None


def _swap(assignment: Assignment, folder: Path, candidate: Candidate) -> None:
    """Write the candidate's folder beside the one in place, then rename it into place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        os.chmod(new, 0o755)
        (new / assignment.release_notebook.name).write_bytes(candidate.notebook)
        if candidate.time is not None:
            (new / STAMP).write_text(_stamp(candidate.time), encoding="utf-8")
        for name, content in candidate.beside.items():
            (new / name).write_bytes(content)
        if os.path.lexists(folder):
            earlier = assignment.collected / "earlier" / candidate.student
            earlier.mkdir(parents=True, exist_ok=True)
            shutil.move(folder, earlier / datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ"))
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).strftime(STAMP_FORMAT)
