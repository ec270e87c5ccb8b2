"""The command that grades a class, and the table and lines that it prints."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.cli.console import out, progress, warn_of_no_sandbox
from autograder.cli.options import CourseOption, StudentsOption, UnsafeOption, Week, WorkersOption
from autograder.course import Assignment, Course, find_course
from autograder.errors import AutograderError, UsageError
from autograder.gradebook.totals import Totals, require_rows, totals_of
from autograder.grading.cohort import grade_class, students_named
from autograder.grading.options import Action, Options, Recorded
from autograder.notebook.packages import require_listed
from autograder.reports import freshness
from autograder.results import wording
from autograder.results.model import Status, SubmissionResult
from autograder.results.store import class_results, to_json
from autograder.sandbox.launcher import Device, resolve_device
from autograder.settings import read_settings
from autograder.text import as_points, duration

if TYPE_CHECKING:
    from autograder.gradebook.scores import Change

NAMED = 10  # students that one line names
NARROW = 8  # students that fit side by side, one a column


def grade(
    week: Week,
    student: StudentsOption = None,
    workers: WorkersOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also run submissions that have not changed.")
    ] = False,
    device: Annotated[
        str,
        typer.Option(
            "--device",
            help="What submissions see: cpu, cuda, or auto (a GPU if any); by default the device "
            "of course.toml, or else cpu.",
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each result as a line of JSON, as it comes.")
    ] = False,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler", help="Grade on the workers of this Dask scheduler, tcp://HOST:PORT."
        ),
    ] = "",
    unsafe_no_sandbox: UnsafeOption = False,
    course: CourseOption = Path(),
) -> None:
    """Grade the submissions in submitted/STUDENT/WEEK.

    Writes autograded/, nbgrader's gradebook.db, feedback/ and reports/WEEK.html. What has not
    changed is not run again. Exit status 0: every submission has a result, including failed ones;
    1: something is wrong with the course or this machine; 2: wrong usage.

    Example: autograder grade week1_mlp --student ada --student ben
    """
    found = find_course(course)
    assignment = found.assignment(week)
    students = students_named(assignment, student or ())
    if not students:
        raise AutograderError(
            f"nothing to grade: run 'autograder collect {week}' with --from git, zip or exchange, "
            f"or put submissions into submitted/STUDENT/{week}/"
        )
    if scheduler and workers:
        raise UsageError("a scheduler has its own workers: leave --workers out")
    settings = read_settings(found.root)
    require_listed(found.root, settings)
    device = device or settings.device
    warn_of_no_sandbox(unsafe_no_sandbox)
    there = Device(device) if scheduler and device in tuple(Device) else resolve_device(device)
    options = Options(not unsafe_no_sandbox, force, there)
    started = time.monotonic()
    graded: list[Recorded] = []
    with (
        progress(len(students), f"grading {week}") as bar,
        closing(grade_class(found, assignment, students, options, workers, scheduler)) as recorded,
    ):
        for one in recorded:
            graded.append(one)
            if as_json:
                print(json.dumps(to_json(one.result)), flush=True)
            title = f"grading {week} · {one.result.student} {as_points(one.result.score)}"
            bar.update(bar.task_ids[0], advance=1, description=title)
    totals, pages = refresh_pages(found, assignment)
    results = [one.result for one in graded]
    if as_json:
        return
    out.print(score_table(f"{week}, automatic points", results))
    names = [result.student for result in results]
    for line in (
        *remarks(results, [one.change for one in graded if one.change]),
        *regrading_lines(totals, names),
        *grading_lines(totals, names),
        *actions(graded),
        *pace(graded, time.monotonic() - started),
    ):
        out.print(line, soft_wrap=True)
    for page in pages:
        out.print(f"open {page}", soft_wrap=True)


def refresh_pages(course: Course, assignment: Assignment) -> tuple[Totals, list[Path]]:
    """Write the class page and the leaderboard, unless they are up to date.

    Returns the gradebook's totals, and the pages' paths.
    """
    rows = require_rows(course, assignment)
    totals = totals_of(assignment, rows)
    digest = freshness.class_digest(assignment, rows)
    board = assignment.leaderboard
    if not freshness.class_page(assignment).is_current(digest):
        # Imported here, because it imports a charting library, which takes a second.
        from autograder.reports.class_page import write_class_page
        from autograder.reports.leaderboard import write_leaderboard

        results = class_results(assignment)
        write_class_page(assignment, results, totals)
        write_leaderboard(assignment, results)
        freshness.class_page(assignment).note_made(digest)
    return totals, [assignment.class_page, *([board] if board.is_file() else [])]


def pace(graded: Sequence[Recorded], seconds: float) -> Iterator[Text]:
    """A line that says how fast submissions were graded, if any were."""
    ran = sum(one.action is not Action.UNCHANGED for one in graded)
    if ran:
        per_minute = 60 * ran / seconds
        yield Text(f"{ran} graded in {duration(seconds)}, {per_minute:.3g} per minute")


def actions(graded: Sequence[Recorded]) -> Iterator[Text]:
    """A line each: what was not run again, why sessions started slowly, and what crashed."""
    unchanged = sum(one.action is Action.UNCHANGED for one in graded)
    if unchanged:
        count = f"{unchanged} of {len(graded)}"
        yield Text(f"{count} unchanged since they were graded, not run again")
    if reasons := sorted({one.cold_because for one in graded} - {""}):
        yield Text(f"sessions started without a template, which is slower: {reasons[0]}")
    crashed = [one.result.student for one in graded if one.action is Action.CRASHED]
    if crashed:
        names = ", ".join(sorted(crashed))
        yield Text.assemble(("the grader crashed on", "red"), f" {names}: run again each time")


def score_table(title: str, results: Sequence[SubmissionResult]) -> Table:
    """Scores by exercise: one column per student if they fit, otherwise one row per student."""
    results = sorted(results, key=lambda result: result.student)
    names = [f"{e.name} (bonus)" if e.bonus else e.name for e in results[0].exercises]
    full = [exercise.max_score for exercise in results[0].exercises]
    rows = {
        result.student: [_cell(e.score, e.max_score) for e in result.exercises]
        + [Text(f"{as_points(result.score)}", style="bold")]
        for result in results
    }
    names, full = [*names, "sum"], [*full, results[0].max_score]
    table = Table(title=title, title_justify="left")
    if len(results) <= NARROW:
        table.add_column("exercise")
        table.add_column("of", justify="right")
        for student in rows:
            table.add_column(escape(student), justify="right", overflow="fold")
        for index, name in enumerate(names):
            cells = [scores[index] for scores in rows.values()]
            table.add_row(
                name, f"{as_points(full[index])}", *cells, end_section=index == len(names) - 2
            )
    else:
        table.add_column("student")
        for name, most in zip(names, full, strict=True):
            table.add_column(f"{name.replace('_', chr(10))}\n{as_points(most)}", justify="right")
        for student, scores in rows.items():
            table.add_row(escape(student), *scores)
    return table


def remarks(results: Sequence[SubmissionResult], changes: Sequence["Change"]) -> Iterator[Text]:
    """A line for each submission that a TA should look at, failed ones first."""
    for result in sorted(results, key=lambda r: (r.status is not Status.FAILED, r.student)):
        if remark := wording.attention(result):
            style = "red" if result.status is Status.FAILED else "yellow"
            yield Text.assemble((result.student, style), f": {remark}")
    for change in changes:
        before, after = as_points(change.before), as_points(change.after)
        text = f": the automatic score in the gradebook was {before}, now {after}"
        yield Text.assemble((change.student, "yellow"), text)


def regrading_lines(totals: Totals, students: Iterable[str]) -> Iterator[Text]:
    """One line per manually graded exercise that has changed since."""
    for student in sorted(set(students) & totals.students.keys()):
        for mark in totals.students[student].needs_regrading:
            kept = as_points(mark.points)
            text = f"{mark.exercise} changed after manual grading ({kept} points kept)"
            yield Text.assemble((student, "yellow"), f": {text}: grade it again in formgrader")


def grading_lines(totals: Totals, students: Iterable[str]) -> Iterator[Text]:
    """One line that names the students who need manual grading, if there are any."""
    waiting = sorted(
        s for s in students if s in totals.students and totals.students[s].needs_grading
    )
    if waiting:
        names = ", ".join(waiting[:NAMED]) + (
            f" and {len(waiting) - NAMED} more" if len(waiting) > NAMED else ""
        )
        yield Text.assemble(("need manual grading in formgrader", "yellow"), f": {names}")


def _cell(score: float, full: float) -> Text:
    return Text(f"{as_points(score)}", style="" if score == full else "red")
