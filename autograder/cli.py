"""The commands: parse, call, print. No logic lives here."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder import __version__
from autograder.audit_command import audit
from autograder.check_command import check
from autograder.collect_command import collect
from autograder.command import (
    CourseOption,
    UnsafeOption,
    Week,
    Weeks,
    WorkersOption,
    one_line_errors,
)
from autograder.errors import AutograderError
from autograder.publish_command import publish
from autograder.return_command import give_back

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
    from autograder.build import build as make
    from autograder.build import check as check_one
    from autograder.classroom import worker_pool
    from autograder.course import find_course
    from autograder.terminal import err, out, progress

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


@app.command(rich_help_panel=TAS)
@one_line_errors
def grade(
    week: Week,
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only these students; by default all.")
    ] = None,
    workers: WorkersOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Run again what has not changed, too.")
    ] = False,
    device: Annotated[
        str,
        typer.Option("--device", help="What submissions see: cpu, cuda, or auto (a GPU if any)."),
    ] = "cpu",
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    unsafe_no_sandbox: UnsafeOption = False,
    course: CourseOption = Path(),
) -> None:
    """Grade what lies in submitted/STUDENT/WEEK.

    Writes autograded/, nbgrader's gradebook.db, feedback/ and reports/WEEK.html. What has not
    changed is not run again. Exit status 0: every submission has a result, those that failed
    included; 1: something is wrong with the course or this machine; 2: wrong usage.

    Example: autograder grade week1_mlp --student ada --student ben
    """
    from autograder.class_page import write_class_page
    from autograder.classroom import grade_class
    from autograder.course import find_course
    from autograder.device import choose
    from autograder.grade import students_named
    from autograder.leaderboard import write_leaderboard
    from autograder.run import Options
    from autograder.tables import remarks, score_table
    from autograder.terminal import out, progress, warn_of_no_sandbox
    from autograder.totals import read_totals

    found = find_course(course)
    assignment = found.assignment(week)
    students = students_named(assignment, student or ())
    if not students:
        raise AutograderError(f"nothing to grade: put submissions into submitted/STUDENT/{week}/")
    warn_of_no_sandbox(unsafe_no_sandbox)
    options = Options(sandboxed=not unsafe_no_sandbox, force=force, device=choose(device))
    graded = []
    with progress(len(students), f"grading {week}") as bar:
        step = lambda what: bar.update(bar.task_ids[0], advance=what != "feedback")  # noqa: E731
        for one in grade_class(found, assignment, students, options, workers, step):
            graded.append(one)
            done = f"grading {week} · {one.result.student} {one.result.score:g}"
            bar.update(bar.task_ids[0], description=done)
    results = [one.result for one in graded]
    everyone = _all_results(assignment, results)
    class_page = write_class_page(assignment, everyone, read_totals(found, assignment))
    pages = [class_page, *write_leaderboard(assignment, everyone)]
    if as_json:
        print(json.dumps([result.to_json() for result in results], indent=1, ensure_ascii=False))
        return
    out.print(score_table(f"{week}, automatic points", results))
    for line in remarks(results, [one.change for one in graded if one.change]):
        out.print(line, soft_wrap=True)
    unchanged = sum(not one.fresh for one in graded)
    if unchanged and not force:
        out.print(f"{unchanged} of {len(graded)} unchanged since they were graded, not run again")
    for page in pages:
        out.print(f"open {page}", soft_wrap=True)


@app.command(rich_help_panel=TAS)
@one_line_errors
def report(
    week: Week,
    column: Annotated[
        str,
        typer.Option(
            "--column",
            help="The assignment as Canvas exports it, 'Week 1 (12345)'; by default WEEK.",
        ),
    ] = "",
    so_far: Annotated[
        bool,
        typer.Option("--so-far", help="Into the grades, too: points of who waits for a person."),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Make feedback, class page and grades anew, with what people graded since.

    reports/WEEK.html is the class on one page. reports/WEEK-grades.csv is what Canvas's gradebook
    imports, with the names and ids of roster.csv where the course has one; who has no final score
    has no row in it, and is named. An assignment with a leaderboard gets that too:
    reports/WEEK-leaderboard.html and .json, under the names that students chose.

    Example: autograder report week1_mlp --column "Week 1 (12345)"
    """
    from autograder.class_page import write_class_page
    from autograder.course import find_course
    from autograder.feedback import write_feedback
    from autograder.grades_csv import make_sheet, write_sheet
    from autograder.leaderboard import write_leaderboard
    from autograder.roster import FILE_NAME, read_roster
    from autograder.terminal import out, progress
    from autograder.totals import read_totals

    found = find_course(course)
    assignment = found.assignment(week)
    results = _all_results(assignment, [])
    if not results:
        raise AutograderError(f"nothing is graded yet: run 'autograder grade {week}' first")
    totals = read_totals(found, assignment)
    there = (found.root / FILE_NAME).exists()
    roster = read_roster(found.root / FILE_NAME) if there else None
    sheet = make_sheet(assignment, totals, results, roster, column=column, so_far=so_far)
    with progress(len(results), f"feedback {week}") as bar:
        for result in results:
            write_feedback(assignment, result.student)
            bar.advance(bar.task_ids[0])
    pages = [
        write_class_page(assignment, results, totals),
        *write_leaderboard(assignment, results),
    ]
    for line in (*(roster.problems if roster else ()), *sheet.lines()):
        out.print(line, soft_wrap=True, markup=False, highlight=False)
    for page in pages:
        out.print(f"open {page}", soft_wrap=True)
    out.print(f"import into Canvas {write_sheet(assignment, sheet)}", soft_wrap=True)


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
    from autograder.course import find_course
    from autograder.demo import WEEKS, prepare

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


def _all_results(assignment: Any, fresh: list[Any]) -> list[Any]:
    """The class's results: those of now, and those that lie there from earlier."""
    from autograder.result import read_result

    now = {result.student: result for result in fresh}
    there = {name: read_result(assignment.autograded(name)) for name in assignment.students()}
    return list({**{name: r for name, r in there.items() if r}, **now}.values())
