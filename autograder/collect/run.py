"""Collecting an assignment: from one source, student by student, into submitted/."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.collect.store import (
    Batch,
    Collected,
    HandIn,
    What,
    origin,
    place,
    printable,
    store,
    time_in_place,
)
from autograder.course import Assignment, Course
from autograder.errors import AutograderError, UsageError
from autograder.files import remove
from autograder.gradebook.deadlines import Deadlines, read_deadlines, record_deadlines
from autograder.roster import FILE_NAME, Roster, read_roster
from autograder.workers import Bars


class Source(StrEnum):
    """Where students hand in."""

    GIT = "git"
    ZIP = "zip"
    EXCHANGE = "exchange"


@dataclass(frozen=True)
class Plan:
    """What to collect from where. `place` is a class list for git, a zip or a folder for zip, and
    the exchange's root for exchange; without one it is where these usually are."""

    source: Source
    place: Path | None = None
    deadline: datetime | None = None
    late_days: int = 0
    replace: bool = False
    students: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collection:
    """What collecting came to; `missing` are those of the class without any submission.

    `remembered` says that the deadline is the gradebook's, as nobody gave one.
    """

    assignment: str
    source: Source
    deadline: datetime | None
    students: tuple[Collected, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...]
    remembered: bool = False

    @property
    def came_to_nothing(self) -> bool:
        """Whether nothing could be read of anyone."""
        found = [one for one in self.students if one.what is not What.PROBLEM]
        return not found and bool(self.students or self.problems)

    def to_json(self) -> dict[str, Any]:
        return {
            "assignment": self.assignment,
            "from": self.source,
            "deadline": self.deadline and self.deadline.astimezone(UTC).isoformat(),
            "students": [one.to_json() for one in self.students],
            "problems": list(self.problems),
            "missing": list(self.missing),
        }


def collect_assignment(
    course: Course, assignment: Assignment, plan: Plan, bars: Bars
) -> Collection:
    """Collect, and write deadlines into the gradebook.

    Raises AutograderError for a source that cannot be read at all; what was collected until then
    is kept, and the next run goes on from there.
    """
    roster = _roster(course, plan)
    deadlines = read_deadlines(
        course, assignment, roster, plan.deadline, timedelta(days=plan.late_days)
    )
    if plan.late_days and deadlines.general is None and not deadlines.own:
        raise UsageError("--late-days counts from a deadline: add --deadline, such as 2026-11-30")
    rows: dict[str, Collected] = {}
    with _alone(assignment) as staging:
        batch = _batch(course, assignment, plan, roster, deadlines, staging, bars)
        with bars(f"collecting {assignment.name}", batch.total) as step:
            for entry in batch.entries:
                if not plan.students or entry.student in plan.students:
                    row = _settle(assignment, plan, roster, entry)
                    rows[row.student] = replace(row, deadline=deadlines.of(row.student))
                step(1)
        record_deadlines(course, assignment, deadlines, _handed_in(assignment, rows))
    class_list = [entry.student for entry in roster.entries] if roster else []
    expected = plan.students or class_list
    there = _handed_in(assignment, expected)
    missing = tuple(student for student in expected if student not in there)
    rows = {student: Collected(student, What.MISSING) for student in missing} | rows
    return Collection(
        assignment.name,
        plan.source,
        deadlines.general,
        tuple(rows[student] for student in sorted(rows)),
        tuple(printable(line) for line in (*(roster.problems if roster else ()), *batch.problems)),
        missing,
        remembered=plan.deadline is None and deadlines.general is not None,
    )


def _roster(course: Course, plan: Plan) -> Roster | None:
    """The class list: for git there must be one. Raises UsageError for students not in it."""
    path = course.root / FILE_NAME
    if plan.source is Source.GIT:
        path = plan.place or path
    elif not path.is_file():
        return None
    roster = read_roster(path)
    if not roster.entries and not roster.problems:
        raise AutograderError(f"{path} names no student: write a row for each")
    for student in plan.students:
        if roster.entry(student) is None:
            raise UsageError(f"no student '{student}' in {path}")
    return roster


def _batch(
    course: Course,
    assignment: Assignment,
    plan: Plan,
    roster: Roster | None,
    deadlines: Deadlines,
    staging: Path,
    bars: Bars,
) -> Batch:
    """What the source holds. Each source's module is loaded only where it is the one."""
    if plan.source is Source.EXCHANGE:
        from autograder.collect.from_exchange import collect_exchange

        return collect_exchange(course, assignment, plan.place, staging, deadlines)
    if plan.source is Source.ZIP:
        from autograder.collect.from_lms import collect_zip

        if plan.place is None:
            raise UsageError("name the zip, or the folder: --from zip submissions.zip")
        return collect_zip(assignment, plan.place, staging, roster, bars)
    from autograder.collect.from_git import collect_git

    entries = [
        entry
        for entry in (roster.entries if roster else ())
        if not plan.students or entry.student in plan.students
    ]
    return Batch(len(entries), collect_git(assignment, entries, deadlines, plan.replace))


def _settle(
    assignment: Assignment, plan: Plan, roster: Roster | None, entry: HandIn | Collected
) -> Collected:
    """Put one student's notebook in place, or say why there is none."""
    student = entry.student
    if roster is not None and roster.entry(student) is None:
        return Collected(student, What.PROBLEM, "not in the class list: add a row")
    if isinstance(entry, Collected):
        folder = assignment.submitted(student)
        if folder.is_dir():
            entry = _over_what_is_there(entry, folder.relative_to(assignment.root))
        time = entry.time or time_in_place(folder)
        kept = origin(assignment, student) if entry.what is What.KEPT else {}
        return replace(entry, time=time, commit=entry.commit or kept.get("commit", ""))
    try:
        return place(assignment, entry, plan.replace)
    except OSError as error:
        return Collected(student, What.PROBLEM, f"could not be put in place ({error})")


def _over_what_is_there(entry: Collected, folder: Path) -> Collected:
    """Nothing could be taken now, but an earlier run took something, and that is graded."""
    if entry.what is What.KEPT:
        return entry
    what = What.KEPT if entry.what is What.MISSING else entry.what
    stays = f"what was collected before stays in {folder}"
    return replace(entry, what=what, reason=f"{entry.reason}; {stays}" if entry.reason else stays)


def _handed_in(assignment: Assignment, students: Iterable[str]) -> list[str]:
    return [student for student in students if assignment.submitted(student).is_dir()]


@contextmanager
def _alone(assignment: Assignment) -> Iterator[Path]:
    """A folder for what is on its way, as the only one who collects this assignment now."""
    folder = store(assignment)
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / "staging"
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AutograderError(
                f"{assignment.name} is being collected already: wait until that has ended"
            ) from None
        remove(staging)  # of a run that was ended
        staging.mkdir()
        try:
            yield staging
        finally:
            remove(staging)
