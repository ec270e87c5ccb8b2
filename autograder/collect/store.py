"""What was handed in, wherever it came from, and how it is put into submitted/STUDENT/WEEK.

Nothing is ever deleted: what gives way to another version moves to .collect/WEEK/earlier/STUDENT.
Where a version came from is written to .collect/WEEK/STUDENT.json, outside the submission: what
lies in there takes part in grading.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from autograder.course import Assignment
from autograder.files import read_plain
from autograder.notebook.reader import MAX_NOTEBOOK
from autograder.results.model import FILE_NAME, write_atomically

STAMP = "timestamp.txt"  # nbgrader's name for it
STAMP_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
MAX_STAMP = 4096  # bytes


class What(StrEnum):
    """What became of one student's submission."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # another one is there, and stays
    MISSING = "missing"  # nothing was handed in, or nothing in time
    PROBLEM = "problem"  # something is there, and cannot be taken


class NotTaken(Exception):
    """Why nothing was taken for a student, in one line; `what` says of which kind that is."""

    def __init__(self, reason: str, what: What = What.PROBLEM):
        super().__init__(printable(reason))
        self.what = what


@dataclass(frozen=True)
class HandIn:
    """One version of one student's notebook, as it was found.

    `time` is when it was handed in, where that is known. `origin` is what to remember of where it
    came from. `beside` are nbgrader's own files that came with it, by name.
    """

    student: str
    notebook: bytes
    origin: Mapping[str, str]
    time: datetime | None = None
    marked_late: bool = False
    remark: str = ""
    beside: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """What a source holds: so many students, one by one, and a line for whatever is nobody's."""

    total: int
    entries: "Iterable[HandIn | Collected]"
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collected:
    """What became of one student, for the table and for other programs."""

    student: str
    what: What
    reason: str = ""
    commit: str = ""
    time: datetime | None = None
    deadline: datetime | None = None
    marked_late: bool = False

    @property
    def late(self) -> timedelta | None:
        """How much after the deadline; None where that is not known."""
        if self.time is None or self.deadline is None:
            return None
        return max(self.time - self.deadline, timedelta())

    def to_json(self) -> dict[str, Any]:
        return {
            "student": self.student,
            "what": self.what,
            "reason": self.reason,
            "commit": self.commit,
            "time": self.time and self.time.astimezone(UTC).isoformat(),
            "deadline": self.deadline and self.deadline.astimezone(UTC).isoformat(),
            "late_seconds": None if self.late is None else self.late.total_seconds(),
            "marked_late": self.marked_late,
        }


def store(assignment: Assignment) -> Path:
    """Where collecting an assignment keeps what it must remember."""
    return assignment.root / ".collect" / assignment.name


def place(assignment: Assignment, found: HandIn, replace_graded: bool = False) -> Collected:
    """Put a student's notebook into submitted/, whole or not at all.

    The same notebook is left as it is. Another one moves to .collect/, unless it is graded: then
    it stays, as long as nobody asks for `replace_graded`.
    """
    folder = assignment.submitted(found.student)
    row = Collected(
        found.student,
        What.NEW,
        reason=found.remark,
        commit=found.origin.get("commit", ""),
        time=found.time,
        marked_late=found.marked_late,
    )
    if os.path.lexists(folder):
        if _notebook(folder) == found.notebook:
            return replace(row, what=What.UNCHANGED, time=time_in_place(folder) or found.time)
        if (assignment.autograded(found.student) / FILE_NAME).exists() and not replace_graded:
            which = f"another one{f' from {clock(found.time)}' if found.time else ''}"
            return replace(
                row,
                what=What.KEPT,
                reason=f"graded already; {which} was left aside: --replace takes it",
                commit=origin(assignment, found.student).get("commit", ""),
                time=time_in_place(folder),
            )
        row = replace(row, what=What.UPDATED)
    _exchange(assignment, folder, found)
    note = {"student": found.student, "collected": _stamp(datetime.now(UTC))}
    note |= {"handed_in": _stamp(found.time)} if found.time else {}
    note |= {name: printable(value) for name, value in found.origin.items()}
    text = json.dumps(note, indent=1, ensure_ascii=False) + "\n"
    write_atomically(store(assignment) / f"{found.student}.json", text)
    return row


def origin(assignment: Assignment, student: str) -> dict[str, str]:
    """Where the version in place came from; empty where nobody noted it."""
    try:
        text = (store(assignment) / f"{student}.json").read_text(encoding="utf-8")
        return dict(json.loads(text))
    except (OSError, ValueError):
        return {}


def time_in_place(folder: Path) -> datetime | None:
    """When what lies in a submission's folder was handed in, as nbgrader reads it."""
    try:
        text = read_plain(folder, STAMP, MAX_STAMP)
    except (OSError, ValueError):
        return None
    return read_stamp(text) if text else None


def read_stamp(text: bytes) -> datetime | None:
    """An instant from a timestamp.txt; None where it holds none."""
    try:
        time: datetime = parse_utc(text.decode().strip())
        return time.replace(tzinfo=UTC)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def clock(time: datetime) -> str:
    """An instant for people, in this machine's time zone, which it names."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M %Z")


def duration(span: timedelta) -> str:
    """A span for people: its two largest units."""
    minutes = round(span.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{max(minutes, 1)} min"


def printable(text: str) -> str:
    """What strangers named, without what breaks a line, a terminal or an encoding."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _notebook(folder: Path) -> bytes | None:
    """The only notebook in a submission's folder, whatever its name."""
    names = [path.name for path in folder.glob("*.ipynb")]
    if len(names) != 1:
        return None
    try:
        return read_plain(folder, names[0], MAX_NOTEBOOK)
    except (OSError, ValueError):
        return None


def _exchange(assignment: Assignment, folder: Path, found: HandIn) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        os.chmod(new, 0o755)
        (new / assignment.release_notebook.name).write_bytes(found.notebook)
        if found.time is not None:
            (new / STAMP).write_text(_stamp(found.time), encoding="utf-8")
        for name, content in found.beside.items():
            (new / name).write_bytes(content)
        if os.path.lexists(folder):
            earlier = store(assignment) / "earlier" / found.student
            earlier.mkdir(parents=True, exist_ok=True)
            shutil.move(folder, earlier / datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ"))
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).strftime(STAMP_FORMAT)
