"""Installs collected notebooks into submitted/STUDENT/WEEK, and never deletes an earlier one.

A version that is replaced moves to .collect/WEEK/earlier/STUDENT. Where a version came from is
noted in .collect/WEEK/STUDENT.json, outside the submission, because all files in there take part
in grading.
"""

import json
import os
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.artifacts import NotTaken, read_artifact
from autograder.clock import MACHINE_CLOCK, Clock
from autograder.collect.model import Candidate, Collected, CollectStatus
from autograder.course import Assignment
from autograder.files import is_clutter, read_plain, rename_durably, write_atomically
from autograder.notebook.file import MAX_NOTEBOOK
from autograder.notebook.sniff import is_web_page, web_page_reason
from autograder.results.store import FILE_NAME
from autograder.text import printable

STAMP = "timestamp.txt"  # nbgrader's name for it
STAMP_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
MAX_STAMP = 4096  # bytes


def install(
    assignment: Assignment,
    candidate: Candidate,
    replace_graded: bool = False,
    clock: Clock = MACHINE_CLOCK,
) -> Collected:
    """Put a student's notebook, and what counts beside it, into submitted/, or nothing at all.

    If the same files are there, nothing changes, unless only now it is known when they were
    submitted. A different one moves to .collect/. A graded
    one, and the work of another person, is replaced only with `replace_graded`.
    """
    folder = assignment.submitted(candidate.student)
    remarks = [candidate.remark] if candidate.remark else []
    if is_web_page(candidate.notebook):
        remarks.append(web_page_reason(printable(candidate.origin.get("path", "the file"))))
    row = Collected(
        candidate.student,
        CollectStatus.NEW,
        reason="; ".join(remarks),
        commit=candidate.origin.get("commit", ""),
        time=candidate.time,
        marked_late=candidate.marked_late,
    )
    if os.path.lexists(folder):
        if _holds(assignment, folder, candidate):
            row = replace(row, status=CollectStatus.UNCHANGED)
            if time := time_in_place(folder):
                return replace(row, time=time)
            if candidate.time is None:
                return row
            # It was put there by hand, or by a download without times: late days need one.
            write_atomically(folder / STAMP, _stamp(candidate.time))
            noted = "its time was unknown and is noted now: grade again"
            return replace(row, reason="; ".join((*remarks, noted)))
        if why := "" if replace_graded else _why_kept(assignment, candidate):
            when = f" from {clock.show(candidate.time)}" if candidate.time else ""
            return replace(
                row,
                status=CollectStatus.KEPT,
                reason=f"{why}{when} was not collected: --replace collects it",
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


def _why_kept(assignment: Assignment, candidate: Candidate) -> str:
    """Why the submission in place stays, and what would replace it; '' if it may be replaced."""
    if (assignment.autograded(candidate.student) / FILE_NAME).exists():
        return "graded already; a different one"
    theirs = assignment.origin(candidate.student).get("person", "")
    person = candidate.origin.get("person", "")
    if theirs and person and theirs != person:
        return f"the one in place is of {theirs}; a different one of {person}"
    return ""


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


def _holds(assignment: Assignment, folder: Path, candidate: Candidate) -> bool:
    """Whether a submission's folder holds the candidate's notebook and what counts beside it."""
    if _notebook(folder) != candidate.notebook:
        return False
    try:
        return all(
            read_artifact(folder, name) == candidate.beside.get(name)
            for name in assignment.artifacts
        )
    except NotTaken:
        return False


def _notebook(folder: Path) -> bytes | None:
    """The only notebook in a submission's folder, under any name; None if there are several."""
    names = [path.name for path in folder.glob("*.ipynb") if not is_clutter(path.name)]
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
        rename_durably(new, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).strftime(STAMP_FORMAT)
