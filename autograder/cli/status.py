"""The command that shows the term in one table."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from autograder.cli.console import err, out, problem
from autograder.cli.options import CourseOption
from autograder.clock import Clock
from autograder.course import find_course
from autograder.reports.status import GroupStatus, read_status
from autograder.roster import FILE_NAME, read_roster
from autograder.settings import read_settings

COUNTS = ("students", "collected", "graded", "waiting", "returned", "late")


def status(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a list with an object per week and group.")
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Show the term in one table: what is collected, graded, waiting, returned and late.

    One row per week and student group: the column 'group' of roster.csv, else 'section', else all.
    A student who is not in roster.csv is in the group 'not listed'. Waiting are graded submissions
    that need manual grading. Returned have their latest feedback in their repository, as
    'autograder return' pushed it. Late came after the student's deadline.

    Example: autograder status
    """
    found = find_course(course)
    class_list = found.root / FILE_NAME
    clock = read_settings(found.root).clock
    roster = read_roster(class_list, clock) if class_list.exists() else None
    lines = read_status(found, found.assignments(), roster)
    for line in roster.problems if roster else ():
        err.print(problem(line), soft_wrap=True)
    if as_json:
        print(json.dumps([asdict(line) for line in lines], indent=1, ensure_ascii=False))
    else:
        out.print(status_table(lines))
        for text in deadline_lines(lines, clock):
            out.print(text, soft_wrap=True, highlight=False)


def deadline_lines(lines: Sequence[GroupStatus], clock: Clock) -> Iterator[str]:
    """A line per week that has a deadline, with where it comes from."""
    for week, one in {line.week: line for line in lines}.items():
        if one.deadline is not None:
            due = clock.show(datetime.fromisoformat(one.deadline))
            yield f"{escape(week)} is due {due}, from {one.deadline_from}"


def status_table(lines: Sequence[GroupStatus]) -> Table:
    """One row per week and group; a week's name is in its first row."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)  # fits 80 columns
    table.add_column("week", no_wrap=True)
    table.add_column("group", overflow="fold")
    for name in COUNTS:
        table.add_column(name, justify="right", no_wrap=True)
    for index, line in enumerate(lines):
        is_first = index == 0 or lines[index - 1].week != line.week
        counts = (getattr(line, name) for name in COUNTS)
        cells = ("" if count is None else str(count) for count in counts)
        week = escape(line.week) if is_first else ""
        table.add_row(week, escape(line.group), *cells)
    return table
