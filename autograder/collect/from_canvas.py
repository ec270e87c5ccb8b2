"""Collects from Canvas's API: each student's last attempt before their deadline.

The files of that attempt are saved under the names that they have in a bulk download. Then all is
as with such a download: which notebook counts, what is refused, and in which words.
"""

from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.artifacts import ARTIFACTS
from autograder.canvas.connection import Connection, entry_of, one_line_errors
from autograder.collect.from_lms import collect_zip
from autograder.collect.lms_forms import squash
from autograder.collect.model import (
    Batch,
    Candidate,
    Collected,
    CollectError,
    newer_is_late,
    too_late,
)
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.gradebook.deadlines import Deadlines, Origin
from autograder.roster import Roster
from autograder.text import one_line
from autograder.workers import Bars

WANTED = (".ipynb", ".zip", ".json", ".txt")  # what can be or hold a notebook
NAME_LENGTH = 150  # characters of a file's own name; longer ones do not fit into a path


@dataclass(frozen=True)
class Attempt:
    """One attempt of a student: when it was submitted, and the files, as Canvas describes them."""

    number: int
    time: datetime
    files: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Chosen:
    """The attempt that counts for a student, and a remark about a newer one."""

    attempt: Attempt
    remark: str


def with_canvas_dates(
    connection: Connection, submissions: list[Any], roster: Roster, deadlines: Deadlines
) -> Deadlines:
    """The deadlines, completed from Canvas.

    The class's date is that of the course (an option, or the gradebook), else Canvas's. Where a
    student, their group or section has a date of its own in Canvas, the later one counts.
    """
    due = _time(getattr(connection.assignment, "due_at", None))
    dates = {str(one.user_id): getattr(one, "cached_due_date", None) for one in submissions}
    for override in getattr(connection.assignment, "overrides", None) or []:
        for number in override.get("student_ids") or []:
            dates[str(number)] = override.get("due_at") or dates.get(str(number))
    own = dict(deadlines.own)
    for number, date in dates.items():
        entry, extended = entry_of(roster, number, {}), _time(date)
        if entry is not None and extended is not None and extended != due:
            own[entry.student] = max(extended, own.get(entry.student, extended))
    if deadlines.general is None and due is not None:
        return replace(deadlines, general=due, own=own, origin=Origin.CANVAS)
    return replace(deadlines, own=own)


def collect_canvas(
    assignment: Assignment,
    connection: Connection,
    submissions: list[Any],
    roster: Roster,
    deadlines: Deadlines,
    staging: Path,
    bars: Bars,
) -> Batch:
    """The notebook of each student of the class list, downloaded into `staging`.

    Raises AutograderError if Canvas cannot be reached, or refuses.
    """
    folder = staging / "canvas"
    folder.mkdir()
    chosen: dict[str, Chosen] = {}
    others: list[Collected] = []
    problems = []
    handed_in = [one for one in submissions if _attempts(one)]
    with bars(f"downloading {assignment.name}", len(handed_in)) as step:
        for submission in handed_in:
            step(1)
            number = str(submission.user_id)
            entry = entry_of(roster, number, {})
            if entry is None:
                name = one_line(str(submission.user.get("name", "")))[:100]
                problems.append(f"'{name}' (canvas_id {number}): matches no one in the class list")
                continue
            try:
                attempt = _choose(_attempts(submission), entry.student, deadlines)
                name = squash(entry.name) or squash(entry.student) or "student"
                _save(assignment, connection, attempt.attempt, folder, f"{name}_{number}")
            except CollectError as error:
                others.append(Collected(entry.student, error.status, str(error)))
            else:
                chosen[entry.student] = attempt
    batch = collect_zip(assignment, folder, staging, roster, bars, clock=deadlines.clock)
    entries = _entries(batch, chosen, others)
    return replace(
        batch,
        total=batch.total + len(others),
        entries=entries,
        problems=(*problems, *batch.problems),
    )


def _entries(
    batch: Batch, chosen: Mapping[str, Chosen], others: list[Collected]
) -> Generator[Candidate | Collected, None, None]:
    yield from others
    with closing(batch.entries) as entries:
        for entry in entries:
            found = chosen.get(entry.student)
            if isinstance(entry, Candidate) and found is not None:
                entry = replace(
                    entry,
                    time=found.attempt.time,
                    origin={"from": "canvas", "attempt": str(found.attempt.number)},
                    remark="; ".join(filter(None, (found.remark, entry.remark))),
                )
            yield entry


def _choose(attempts: list[Attempt], student: str, deadlines: Deadlines) -> Chosen:
    """The last attempt before the student's deadline. Raises CollectError if there is none."""
    last, due = deadlines.last(student), deadlines.of(student)
    in_time = [a for a in attempts if last is None or a.time <= last]
    if not in_time:
        raise too_late(attempts[0].time, due, deadlines.clock)
    newest = attempts[-1]
    is_newest = newest is in_time[-1]
    remark = "" if is_newest else newer_is_late(newest.time, due, deadlines.clock)
    return Chosen(in_time[-1], remark)


def _attempts(submission: Any) -> list[Attempt]:
    """The attempts of a submission that were handed in, the oldest first."""
    history = getattr(submission, "submission_history", None) or []
    found = [
        Attempt(int(one.get("attempt") or 0), time, tuple(one.get("attachments") or ()))
        for one in history
        if (time := _time(one.get("submitted_at"))) is not None
    ]
    return sorted(found, key=lambda one: (one.time, one.number))


def _save(
    assignment: Assignment, connection: Connection, attempt: Attempt, folder: Path, who: str
) -> None:
    """Save an attempt's files. Those that cannot count are empty: their names are enough.

    Raises CollectError for files that are too large or cannot be downloaded.
    """
    if not attempt.files:  # a text or a link
        (folder / f"{who}_text.html").touch()
    left = assignment.limits.submission_bytes
    for file in attempt.files:
        shown = one_line(str(file.get("display_name") or file.get("filename") or "file"))
        name = PurePosixPath(shown.replace("\\", "/")).name[-NAME_LENGTH:] or "file"
        path = folder / f"{who}_{file.get('id', 0)}_{name}"
        if not (name.lower().endswith(WANTED) or name in ARTIFACTS):
            path.touch()
            continue
        try:
            if int(file.get("size") or 0) > left:
                raise AutograderError(f"it has more than {left // 2**20} MiB")
            with one_line_errors(f"the file {name}"):
                content = connection.requester.download(str(file.get("url", "")), left)
        except AutograderError as error:
            raise CollectError(f"{name} could not be downloaded: {error}") from None
        left -= len(content)
        path.write_bytes(content)


def _time(text: str | None) -> datetime | None:
    """A time of Canvas's, which is in UTC."""
    return datetime.fromisoformat(text) if text else None
