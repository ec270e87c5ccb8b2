"""`autograder collect`: collects submissions, and prints what became of each student's."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from autograder.cli.console import bars, err, out, problem
from autograder.cli.options import CourseOption, StudentsOption, Week
from autograder.clock import Clock
from autograder.collect.model import Collected, Collection, CollectStatus, Plan, Source
from autograder.collect.run import collect_assignment
from autograder.course import find_course
from autograder.errors import AutograderError, UsageError
from autograder.gradebook.deadlines import Origin
from autograder.settings import FILE_NAME as SETTINGS
from autograder.settings import read_settings
from autograder.text import duration

STYLES = {
    CollectStatus.NEW: "green",
    CollectStatus.UPDATED: "green",
    CollectStatus.KEPT: "yellow",
    CollectStatus.MISSING: "yellow",
    CollectStatus.PROBLEM: "red",
}


def collect(
    week: Week,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="SOURCE",
            help="git, canvas: the class list, by default roster.csv; zip: a bulk download from "
            "Canvas or Moodle, as a zip file or a folder; exchange: its root folder, by default "
            "nbgrader's.",
        ),
    ] = None,
    source: Annotated[str, typer.Option("--from", help="git, canvas, zip or exchange.")] = "",
    deadline: Annotated[
        str,
        typer.Option(
            help="2026-11-30 (the end of that day), 2026-11-30T18:00 (the course's time zone), "
            "2026-11-30T18:00-06:00 or '2026-11-30T18:00 America/Chicago'; by default the "
            "one that was entered into the gradebook, or else the one in course.toml."
        ),
    ] = "",
    late_days: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Accept submissions up to this many days late (not from zip); by default `days` "
            "of [late] in course.toml, or else 0.",
        ),
    ] = None,
    take_newer: Annotated[
        bool,
        typer.Option("--replace", help="Also replace graded submissions with newer versions."),
    ] = False,
    student: StudentsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    course: CourseOption = Path(),
) -> None:
    """Collect submissions into submitted/STUDENT/WEEK.

    From git, for each row of the class list (columns student, repository and, for an extension,
    deadline), it takes the last commit before the deadline. It runs nothing from a repository. No
    earlier version is deleted: a replaced one moves to .collect/WEEK/earlier, and a graded one is
    replaced only with --replace. Exit status 0: submissions are in place, and problems are listed;
    1: nothing could be collected, or a student's files come from different people; 2: wrong usage.

    Example: autograder collect week1_mlp --from git roster.csv --deadline 2026-11-30

    From Canvas, it takes each student's last attempt before their deadline there, with the token in
    the environment variable CANVAS_TOKEN.

    Example: autograder collect week1_mlp --from canvas

    Example: autograder collect week1_mlp --from zip submissions.zip

    Example: autograder collect week1_mlp --from exchange --student ada
    """
    the_course = find_course(course)
    assignment = the_course.assignment(week)
    if source not in [*Source]:
        raise UsageError(
            "say where to collect from: --from git, --from canvas, --from zip or --from exchange"
        )
    try:
        due = read_settings(the_course.root).clock.read(deadline)
    except ValueError as error:
        raise UsageError(f"--deadline: {error}") from None
    plan = Plan(Source(source), path, due, late_days, take_newer, tuple(student or ()))
    collection = collect_assignment(the_course, assignment, plan, bars)
    if as_json:
        print(json.dumps(collection.to_json(), indent=1, ensure_ascii=False))
    elif collection.students:
        out.print(collection_title(collection), style="italic", highlight=False, soft_wrap=True)
        out.print(collection_table(collection))
    if collection.clock.zone is None:
        (err if as_json else out).print(assumed_zone(collection.clock), soft_wrap=True)
    for line in () if as_json else collection_lines(collection):
        out.print(line, soft_wrap=True)
    where = "see 'problems' and 'students'" if as_json else "see the lines above"
    if collection.failed:
        raise AutograderError(f"nothing could be collected; {where}")
    if collection.contested:
        names = ", ".join(collection.contested)
        raise AutograderError(
            f"not collected, because different people share a name: {names}; {where}"
        )


def assumed_zone(clock: Clock) -> Text:
    """The line for a course that sets no time zone."""
    what = f"times are in this machine's zone, {clock.name}: set time_zone in {SETTINGS}"
    return Text(what, style="yellow")


def collection_title(collection: Collection) -> str:
    """What was collected, from where, and when it is due."""
    due = f", due {collection.clock.show(collection.deadline)}" if collection.deadline else ""
    if collection.deadline_from not in ("", Origin.OPTION):
        due += f" (from {collection.deadline_from})"
    return f"{collection.assignment}, collected from {collection.source}{due}"


def collection_table(collection: Collection) -> Table:
    """One row per student."""
    show = collection.clock.show
    table = Table()
    commits = any(one.commit for one in collection.students)
    names = ["student", "status", *(["commit"] if commits else []), "submitted", "late by"]
    for name in names:
        table.add_column(name)
    for one in collection.students:
        cells = [Text(one.student), Text(one.status, style=STYLES.get(one.status, ""))]
        cells += [Text(one.commit[:7])] if commits else []
        table.add_row(*cells, Text(show(one.time) if one.time else ""), _late(one))
    return table


def collection_lines(collection: Collection) -> Iterator[Text]:
    """Reasons by student, files with problems, missing students, and the next command."""
    for one in collection.students:
        if one.reason:
            style = STYLES.get(one.status, "yellow")
            yield Text.assemble((one.student, style), f": {one.reason}")
    if collection.remark:
        yield Text(collection.remark, style="yellow")
    for line in collection.problems:
        yield problem(line)
    if collection.missing:
        yield Text.assemble(("missing: ", "yellow"), ", ".join(collection.missing))
    if not collection.students and not collection.problems:
        yield Text("nothing was submitted")
    if any(one.status in (CollectStatus.NEW, CollectStatus.UPDATED) for one in collection.students):
        yield Text(f"grade with 'autograder grade {collection.assignment}'")


def _late(one: Collected) -> Text:
    if one.late:
        return Text(duration(one.late), style="yellow")
    return Text("marked late", style="yellow") if one.marked_late else Text("")
