"""The command that collects what students handed in."""

import json
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, Week


def collect(
    week: Week,
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="SOURCE",
            help="git: the class list, by default roster.csv; zip: a bulk download of Canvas or "
            "Moodle, zipped or as a folder; exchange: its root, by default nbgrader's.",
        ),
    ] = None,
    source: Annotated[str, typer.Option("--from", help="git, zip or exchange.")] = "",
    deadline: Annotated[
        str,
        typer.Option(
            help="2026-11-30 (until that day ends), 2026-11-30T18:00 (this machine's time zone) or "
            "2026-11-30T18:00-06:00; by default the gradebook's, where the last one is kept."
        ),
    ] = "",
    late_days: Annotated[
        int, typer.Option(min=0, help="Take what is up to so many days late (git, exchange).")
    ] = 0,
    take_newer: Annotated[
        bool,
        typer.Option("--replace", help="Take the newer version of what is graded, too."),
    ] = False,
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only these students; by default all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    course: CourseOption = Path(),
) -> None:
    """Put what students handed in into submitted/STUDENT/WEEK.

    From git it takes, for each row of the class list (columns student, repository and, for an
    extension, deadline), the last commit in time; nothing in a repository is run. What is there
    already is never lost: it moves to .collect/WEEK/earlier, and what is graded stays in place
    unless you say --replace. Exit status 0: what was handed in is in place, and problems are named;
    1: nothing could be collected; 2: wrong usage.

    Example: autograder collect week1_mlp --from git roster.csv --deadline 2026-11-30

    Example: autograder collect week1_mlp --from zip submissions.zip

    Example: autograder collect week1_mlp --from exchange --student ada
    """
    from autograder.cli.collect_table import collection_lines, collection_table
    from autograder.cli.console import bars, out
    from autograder.collect.run import Plan, Source, collect_assignment
    from autograder.course import find_course
    from autograder.errors import AutograderError, UsageError
    from autograder.roster import read_time

    found = find_course(course)
    assignment = found.assignment(week)
    if source not in [*Source]:
        raise UsageError("say where to collect from: --from git, --from zip or --from exchange")
    try:
        due = read_time(deadline)
    except ValueError as error:
        raise UsageError(f"--deadline: {error}") from None
    plan = Plan(Source(source), place, due, late_days, take_newer, tuple(student or ()))
    done = collect_assignment(found, assignment, plan, bars)
    if as_json:
        print(json.dumps(done.to_json(), indent=1, ensure_ascii=False))
    elif done.students:
        out.print(collection_table(done))
    for line in () if as_json else collection_lines(done):
        out.print(line, soft_wrap=True)
    if done.came_to_nothing:
        said = "'problems' and 'students' say" if as_json else "the lines above say"
        raise AutograderError(f"nothing could be collected; {said} why")
