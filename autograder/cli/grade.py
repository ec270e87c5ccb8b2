"""The command that grades a class."""

import json
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, UnsafeOption, Week, WorkersOption
from autograder.errors import AutograderError


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
    from autograder.cli.console import out, progress, warn_of_no_sandbox
    from autograder.cli.tables import remarks, score_table, second_looks, waiting
    from autograder.course import find_course
    from autograder.gradebook.totals import read_totals
    from autograder.grading.cohort import grade_class
    from autograder.grading.session import Options
    from autograder.grading.submission import students_named
    from autograder.reports.class_page import write_class_page
    from autograder.reports.leaderboard import write_leaderboard
    from autograder.results.model import class_results
    from autograder.sandbox.device import choose

    found = find_course(course)
    assignment = found.assignment(week)
    students = students_named(assignment, student or ())
    if not students:
        raise AutograderError(
            f"nothing to grade: run 'autograder collect {week}' with --from git, zip or exchange, "
            f"or put submissions into submitted/STUDENT/{week}/"
        )
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
    everyone = class_results(assignment)
    totals = read_totals(found, assignment)
    class_page = write_class_page(assignment, everyone, totals)
    pages = [class_page, *write_leaderboard(assignment, everyone)]
    if as_json:
        print(json.dumps([result.to_json() for result in results], indent=1, ensure_ascii=False))
        return
    out.print(score_table(f"{week}, automatic points", results))
    for line in remarks(results, [one.change for one in graded if one.change]):
        out.print(line, soft_wrap=True)
    names = [result.student for result in results]
    for line in (*second_looks(totals, names), *waiting(totals, names)):
        out.print(line, soft_wrap=True)
    unchanged = sum(not one.fresh for one in graded)
    if unchanged and not force:
        out.print(f"{unchanged} of {len(graded)} unchanged since they were graded, not run again")
    for page in pages:
        out.print(f"open {page}", soft_wrap=True)
