"""What is collected and what becomes of it: a plan, a candidate or an error, a status per student.

A source yields a `Candidate` for each notebook that it finds. `collect.store` installs it and
returns a `Collected`. `collect.run` carries out a `Plan` and returns a `Collection`.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.clock import MACHINE_CLOCK, Clock
from autograder.text import duration, printable


class CollectStatus(StrEnum):
    """What became of one student's submission."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a version that was collected earlier stays in place
    MISSING = "missing"  # nothing was submitted, or nothing before the deadline
    PROBLEM = "problem"  # there is a submission, and it cannot be collected


class CollectError(Exception):
    """Why nothing was collected from a student, in one line, and the status that follows."""

    def __init__(self, reason: str, status: CollectStatus = CollectStatus.PROBLEM):
        super().__init__(printable(reason))
        self.status = status


@dataclass(frozen=True)
class Candidate:
    """One version of a student's notebook, found in a source and not yet installed.

    `time` is when it was submitted, if the source knows. `origin` says where it came from.
    `beside` are the files that came with it and count, by name: a trained model's in a week that
    takes them, and nbgrader's own.
    """

    student: str
    notebook: bytes
    origin: Mapping[str, str]
    time: datetime | None = None
    marked_late: bool = False
    remark: str = ""
    beside: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Collected:
    """The status of one student's submission, for the table and for other programs."""

    student: str
    status: CollectStatus
    reason: str = ""
    commit: str = ""
    time: datetime | None = None
    deadline: datetime | None = None
    marked_late: bool = False

    @property
    def late(self) -> timedelta | None:
        """How long after the deadline it was submitted; None if that is not known."""
        if self.time is None or self.deadline is None:
            return None
        return max(self.time - self.deadline, timedelta())

    def to_json(self) -> dict[str, Any]:
        return {
            "student": self.student,
            "what": self.status,
            "reason": self.reason,
            "commit": self.commit,
            "time": self.time and self.time.astimezone(UTC).isoformat(),
            "deadline": self.deadline and self.deadline.astimezone(UTC).isoformat(),
            "late_seconds": None if self.late is None else self.late.total_seconds(),
            "marked_late": self.marked_late,
        }


@dataclass(frozen=True)
class Batch:
    """A source's content: `total` entries, and a line for each file that belongs to no student.

    `contested` are the students for whom it holds the work of different people. Close `entries` if
    you stop early: it may collect from several threads.
    """

    total: int
    entries: Generator[Candidate | Collected, None, None]
    problems: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()


class Source(StrEnum):
    """Where students submit."""

    GIT = "git"
    ZIP = "zip"
    EXCHANGE = "exchange"
    CANVAS = "canvas"


@dataclass(frozen=True)
class Plan:
    """What to collect, and from where.

    `path` is the class list for git and canvas, a zip file or folder for zip, and the exchange's
    root folder for exchange; None for the default one. `late_days` is None for the course's policy.
    """

    source: Source
    path: Path | None = None
    deadline: datetime | None = None
    late_days: int | None = None
    replace: bool = False
    students: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collection:
    """The result of collecting; `missing` are the students of the class without a submission.

    `deadline_from` says where the deadline came from, and `remark` what was done with another one.
    `unclaimed` counts the files that belong to no student, and `contested` are the students for
    whom there is the work of different people. Times are shown by the `clock`.
    """

    assignment: str
    source: Source
    deadline: datetime | None
    students: tuple[Collected, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...]
    deadline_from: str = ""
    remark: str = ""
    unclaimed: int = 0
    contested: tuple[str, ...] = ()
    clock: Clock = MACHINE_CLOCK

    @property
    def failed(self) -> bool:
        """Whether there are submissions, and none of them could be collected."""
        found = {one.status for one in self.students} - {CollectStatus.MISSING}
        if not self.students:
            return bool(self.problems)
        return found <= {CollectStatus.PROBLEM} and bool(found or self.unclaimed)

    def to_json(self) -> dict[str, Any]:
        return {
            "assignment": self.assignment,
            "from": self.source,
            "deadline": self.deadline and self.deadline.astimezone(UTC).isoformat(),
            "deadline_from": self.deadline_from,
            "remark": self.remark,
            "students": [one.to_json() for one in self.students],
            "problems": list(self.problems),
            "missing": list(self.missing),
        }


def too_late(time: datetime, due: datetime | None, clock: Clock) -> CollectError:
    """The error for a student whose first submission was after the deadline."""
    reason = f"submitted only after the deadline {_how_late(time, due, clock)}"
    return CollectError(reason, CollectStatus.MISSING)


def not_collected(name: str, why: str) -> str:
    """The remark on a submission without one of the files that count beside the notebook."""
    return f"{name} {why}; it was not collected"


def newer_is_late(time: datetime, due: datetime | None, clock: Clock) -> str:
    """The remark on a submission that has a newer version, from after the deadline."""
    return f"a newer version was not collected {_how_late(time, due, clock)}"


def _how_late(time: datetime, due: datetime | None, clock: Clock) -> str:
    due = due or time
    late = f"{clock.show(time)}, {duration(time - due)} late"
    return f"({late}): --late-days {clock.days_late(time, due)} collects it"
