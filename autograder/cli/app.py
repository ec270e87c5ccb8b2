"""The commands: parse, call, print. No logic lives here."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder import __version__
from autograder.cli.audit import audit
from autograder.cli.check import check
from autograder.cli.collect import collect
from autograder.cli.grade import grade
from autograder.cli.options import CourseOption, Weeks, one_line_errors
from autograder.cli.publish import publish
from autograder.cli.report import report
from autograder.cli.return_ import give_back

STUDENTS, TAS, INSTRUCTORS = "For students", "For TAs", "For instructors"

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Build, hand out, grade and report the notebooks of GENE 46100.",
    epilog="Examples: autograder check NOTEBOOK.ipynb; autograder grade week1_mlp; autograder demo",
)
app.command(rich_help_panel=STUDENTS)(one_line_errors(check))


@app.command(rich_help_panel=INSTRUCTORS)
@one_line_errors
def build(
    weeks: Weeks = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; run the solutions; fail on anything stale."),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Make source/ and release/ from solutions/.

    Example: autograder build week1_mlp --check
    """
    from autograder.authoring.build import build as make
    from autograder.authoring.build import check as check_one
    from autograder.cli.console import err, out, progress
    from autograder.course import find_course
    from autograder.workers import worker_pool

    found = find_course(course)
    assignments = [found.assignment(w) for w in weeks] if weeks else found.assignments()
    with progress(len(assignments), "checking" if check else "building") as bar:
        if check:
            with worker_pool(os.cpu_count() or 1, len(assignments)) as pool:
                checks = [pool.submit(check_one, assignment) for assignment in assignments]
                for assignment, done in zip(assignments, checks, strict=True):
                    done.result()
                    said = "up to date; the solution passes its checks and hidden tests"
                    out.print(f"{assignment.name}: {said}")
                    bar.advance(bar.task_ids[0])
        for assignment in () if check else assignments:
            bar.update(bar.task_ids[0], description=f"building {assignment.name}")
            written = make(assignment).write()
            for path in written:
                done_to = "wrote" if path.exists() else "removed"
                out.print(f"{done_to} {path.relative_to(found.root)}", soft_wrap=True)
            if not written:
                out.print(f"{assignment.name}: nothing to do")
            bar.advance(bar.task_ids[0])
    if not assignments:
        err.print("there is no assignment in solutions/ yet")


app.command(rich_help_panel=INSTRUCTORS)(one_line_errors(audit))
app.command(rich_help_panel=INSTRUCTORS)(one_line_errors(publish))
app.command(rich_help_panel=TAS)(one_line_errors(collect))
app.command(rich_help_panel=TAS)(one_line_errors(grade))
app.command(rich_help_panel=TAS)(one_line_errors(report))
app.command("return", rich_help_panel=TAS)(one_line_errors(give_back))


@app.command(rich_help_panel=TAS)
@one_line_errors
def demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Where; by default demo/ in the course.")
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Build, hand in and grade a small sample class, in a folder of its own.

    Example: autograder demo
    """
    from autograder.authoring.sample_class import WEEKS, prepare
    from autograder.course import find_course

    found = find_course(course)
    place = folder or found.root / "demo"
    prepare(found, place)
    for week in WEEKS:
        grade(week, course=place)


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Build, hand out, grade and report the notebooks of GENE 46100."""
    if version:
        print(f"autograder {__version__}, Python {sys.version.split()[0]}")
        raise typer.Exit()
