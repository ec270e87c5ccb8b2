"""The command that lists pairs of similar answers."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from autograder.cli.console import bars, out, problem
from autograder.cli.options import CourseOption, Week
from autograder.course import Course, find_course
from autograder.errors import AutograderError
from autograder.roster import FILE_NAME, read_roster
from autograder.settings import read_settings
from autograder.similarity.compare import compare
from autograder.similarity.model import ALIKE_IN_SUM, Pair, Report
from autograder.similarity.page import write_similar_page
from autograder.similarity.read import read_class, read_earlier

PRINTED = 10  # pairs in the terminal
NO_ACCUSATION = (
    "This is not an accusation: there are innocent reasons for similar answers. Read both, and ask "
    "each student apart from the other to explain theirs."
)


def similar(
    week: Week,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            help="Also compare with an earlier year's notebooks in this folder; may be repeated.",
        ),
    ] = None,
    show: Annotated[
        int, typer.Option("--show", min=1, help="Show so many pairs side by side.")
    ] = 50,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all pairs as JSON; the page is written too.")
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """List pairs of students whose answers are more alike than the exercises explain.

    Compares the code of each exercise, whatever its names, comments and order of statements, and
    the answers in words. Writes reports/WEEK-similar.html, with both answers side by side. The page
    is not an accusation: read both answers and ask the students. Nothing that students wrote is
    run, and no score changes. Members of one group in roster.csv are not compared with each other.

    A folder for --against holds notebooks, or STUDENT/WEEK/ as submitted/ does, or it is a course.
    Exit status: 0, whether or not pairs are listed; 1 if nothing is submitted; 2 for wrong usage.

    Example: autograder similar week1_mlp --against ../course-2025
    """
    found = find_course(course)
    assignment = found.assignment(week)
    students = assignment.students()
    if not students:
        raise AutograderError(f"nothing is submitted yet: run 'autograder collect {week}' first")
    earlier = [read_earlier(folder, assignment) for folder in against or ()]
    with bars(f"read {week}", len(students)) as step:
        current = read_class(assignment, _groups(found), step)
    read = (current, *earlier)
    works = [work for one in read for work in one.works]
    problems = [line for one in read for line in one.problems]
    report = compare(assignment, works, problems, show)
    if as_json:
        page = write_similar_page(assignment, report)
        data = {**report.to_json(), "note": NO_ACCUSATION, "page": str(page)}
        print(json.dumps(data, indent=1, ensure_ascii=False))
        return
    for line in problems:
        out.print(problem(line), soft_wrap=True)
    if report.pairs:
        out.print(_table(report))
    out.print(
        f"{_many(report.students, 'submission')}, "
        f"{_many(report.earlier, 'notebook')} of earlier years: "
        f"{_many(len(report.pairs), 'pair')} listed"
        + (f", the first {PRINTED} above" if len(report.pairs) > PRINTED else "")
    )
    out.print(NO_ACCUSATION, soft_wrap=True)
    out.print(f"open {write_similar_page(assignment, report)}", soft_wrap=True)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _groups(course: Course) -> dict[str, str]:
    """The group of each student who has one."""
    path = course.root / FILE_NAME
    if not path.exists():
        return {}
    roster = read_roster(path, read_settings(course.root).clock)
    return {entry.student: entry.group for entry in roster.entries if entry.group}


def _table(report: Report) -> Table:
    table = Table("students", "score", "alike in", box=None, pad_edge=False)
    for pair in report.pairs[:PRINTED]:
        names = f"{pair.left.label} and {pair.right.label}"
        table.add_row(Text(names), f"{pair.score:.0f}", Text(", ".join(_reasons(pair))))
    return table


def _reasons(pair: Pair) -> list[str]:
    reasons = [part.name for part in pair.alike]
    if not reasons and pair.score >= ALIKE_IN_SUM:
        reasons.append("the sum of all answers")
    if pair.outputs:
        reasons.append("equal outputs")
    if pair.cell_ids:
        reasons.append("equal cell ids")
    return reasons
