"""Collects an assignment from one source, student by student, into submitted/."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from autograder.clock import Clock
from autograder.collect.model import (
    Batch,
    Candidate,
    Collected,
    Collection,
    CollectStatus,
    Plan,
    Source,
)
from autograder.collect.store import install, time_in_place
from autograder.course import Assignment, Course
from autograder.errors import AutograderError, UsageError
from autograder.files import remove
from autograder.gradebook.deadlines import Deadlines, Origin, read_deadlines
from autograder.gradebook.due_dates import record_deadlines
from autograder.locks import held
from autograder.roster import FILE_NAME, Roster, read_roster
from autograder.settings import FILE_NAME as SETTINGS
from autograder.settings import Settings, read_settings
from autograder.text import printable
from autograder.workers import Bars


def collect_assignment(
    course: Course, assignment: Assignment, plan: Plan, bars: Bars
) -> Collection:
    """Collect, and write the deadlines into the gradebook.

    Raises AutograderError for a source that cannot be read at all. The submissions collected before
    that stay in place.
    """
    settings = read_settings(course.root)
    clock = settings.clock
    roster = _roster(course, plan, clock)
    if roster is not None and plan.source is Source.GIT:
        roster = roster.with_repositories(partial(settings.classroom50_repository, assignment.name))
    late_days = assignment.late.days if plan.late_days is None else plan.late_days
    deadlines = read_deadlines(
        course,
        assignment,
        roster,
        plan.deadline,
        timedelta(days=late_days),
        clock,
        settings.deadline_of(assignment.name),
    )
    canvas = None
    if plan.source is Source.CANVAS:
        canvas, roster, deadlines = _connected(settings, assignment, roster, deadlines)
    if plan.late_days and deadlines.general is None and not deadlines.own:
        raise UsageError("--late-days counts from a deadline: add --deadline, such as 2026-11-30")
    rows: dict[str, Collected] = {}
    with _locked(assignment) as staging:
        if canvas is not None:
            batch = canvas(staging, bars)
        else:
            batch = _batch(course, assignment, plan, roster, deadlines, staging, bars)
        with (
            bars(f"collecting {assignment.name}", batch.total) as step,
            closing(batch.entries) as entries,
        ):
            for entry in entries:
                if not plan.students or entry.student in plan.students:
                    row = _install(assignment, plan, roster, entry, clock)
                    rows[row.student] = replace(row, deadline=deadlines.of(row.student))
                step(1)
        record_deadlines(course, assignment, deadlines, _submitted(assignment, rows))
    class_list = [entry.student for entry in roster.entries] if roster else []
    expected = plan.students or class_list
    there = _submitted(assignment, expected)
    missing = tuple(student for student in expected if student not in there)
    rows = {student: Collected(student, CollectStatus.MISSING) for student in missing} | rows
    return Collection(
        assignment.name,
        plan.source,
        deadlines.general,
        tuple(rows[student] for student in sorted(rows)),
        tuple(printable(line) for line in (*(roster.problems if roster else ()), *batch.problems)),
        missing,
        deadline_from=deadlines.origin,
        remark=_remark(deadlines),
        unclaimed=len(batch.problems),
        contested=tuple(
            student for student in batch.contested if not plan.students or student in plan.students
        ),
        clock=clock,
    )


def _remark(deadlines: Deadlines) -> str:
    """What became of another deadline than the one that counts; '' if there is none."""
    if deadlines.overruled is None or deadlines.origin is Origin.OPTION:
        return ""
    other = deadlines.clock.show(deadlines.overruled)
    if deadlines.origin is Origin.SETTINGS:
        return (
            f"the deadline in {SETTINGS} has changed: the gradebook, which had {other}, has it now"
        )
    return (
        f"the deadline that was entered into the gradebook counts; {SETTINGS} has {other}: to use "
        "it, name it once with --deadline, and write the same there"
    )


def _roster(course: Course, plan: Plan, clock: Clock) -> Roster | None:
    """The class list; git and Canvas require one.

    Raises UsageError if it lacks a student of the plan.
    """
    path = course.root / FILE_NAME
    if plan.source in (Source.GIT, Source.CANVAS):
        path = plan.path or path
    elif not path.is_file():
        return None
    roster = read_roster(path, clock)
    if not roster.entries and not roster.problems:
        raise AutograderError(f"{path} has no students: add one row per student")
    for student in plan.students:
        if roster.entry(student) is None:
            raise UsageError(f"no student '{student}' in {path}")
    return roster


def _connected(
    settings: Settings, assignment: Assignment, roster: Roster | None, deadlines: Deadlines
) -> tuple[Callable[[Path, Bars], Batch], Roster, Deadlines]:
    """What collects from Canvas, and the class list and deadlines with what Canvas knows."""
    from autograder.canvas.connection import connect, with_canvas_ids
    from autograder.collect.from_canvas import collect_canvas, with_canvas_dates

    connection = connect(settings, assignment)
    submissions = connection.submissions("submission_history")
    known = with_canvas_ids(roster or Roster(()), submissions)
    dates = with_canvas_dates(connection, submissions, known, deadlines)
    collect = partial(collect_canvas, assignment, connection, submissions, known, dates)
    return collect, known, dates


def _batch(
    course: Course,
    assignment: Assignment,
    plan: Plan,
    roster: Roster | None,
    deadlines: Deadlines,
    staging: Path,
    bars: Bars,
) -> Batch:
    """The content of the source. Only the module of the source in use is imported."""
    if plan.source is Source.EXCHANGE:
        from autograder.collect.from_exchange import collect_exchange

        return collect_exchange(course, assignment, plan.path, staging, deadlines)
    if plan.source is Source.ZIP:
        from autograder.collect.from_lms import collect_zip

        if plan.path is None:
            raise UsageError("name the zip file or the folder: --from zip submissions.zip")
        return collect_zip(assignment, plan.path, staging, roster, bars, clock=deadlines.clock)
    from autograder.collect.from_git import collect_git

    entries = [
        entry
        for entry in (roster.entries if roster else ())
        if not plan.students or entry.student in plan.students
    ]
    return Batch(len(entries), collect_git(assignment, entries, deadlines, plan.replace))


def _install(
    assignment: Assignment,
    plan: Plan,
    roster: Roster | None,
    entry: Candidate | Collected,
    clock: Clock,
) -> Collected:
    """Install one student's notebook, or say why there is none."""
    student = entry.student
    if roster is not None and roster.entry(student) is None:
        return Collected(student, CollectStatus.PROBLEM, "not in the class list: add a row")
    if isinstance(entry, Collected):
        folder = assignment.submitted(student)
        if folder.is_dir():
            entry = _keep_earlier(entry, folder.relative_to(assignment.root))
        time = entry.time or time_in_place(folder)
        kept = assignment.origin(student) if entry.status is CollectStatus.KEPT else {}
        return replace(entry, time=time, commit=entry.commit or kept.get("commit", ""))
    try:
        return install(assignment, entry, plan.replace, clock)
    except OSError as error:
        return Collected(
            student, CollectStatus.PROBLEM, f"could not be written to submitted/ ({error})"
        )


def _keep_earlier(entry: Collected, folder: Path) -> Collected:
    """The result for a student who has an earlier submission in place, which stays."""
    if entry.status is CollectStatus.KEPT:
        return entry
    missing = entry.status is CollectStatus.MISSING
    status = CollectStatus.KEPT if missing else entry.status
    stays = f"the version collected before stays in {folder}"
    return replace(
        entry, status=status, reason=f"{entry.reason}; {stays}" if entry.reason else stays
    )


def _submitted(assignment: Assignment, students: Iterable[str]) -> list[str]:
    return [student for student in students if assignment.submitted(student).is_dir()]


@contextmanager
def _locked(assignment: Assignment) -> Iterator[Path]:
    """A staging folder, and a lock: only one process at a time collects an assignment."""
    folder = assignment.collected
    staging = folder / "staging"
    with held(folder / "lock", f"another command collects {assignment.name}"):
        remove(staging)  # left by a run that was killed
        staging.mkdir()
        try:
            yield staging
        finally:
            remove(staging)
