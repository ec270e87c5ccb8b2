"""The command that shows a week as students will see it graded."""

import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring.rehearsal import SOLUTION, STUB, rehearse
from autograder.cli.console import out, warn
from autograder.cli.grade import grade
from autograder.cli.options import CourseOption, UnsafeOption, Week
from autograder.course import find_course
from autograder.grading.faults_in_tests import failed_on_solution
from autograder.results.store import read_result


def try_week(
    week: Week,
    open_pages: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the two pages in the browser.")
    ] = True,
    unsafe_no_sandbox: UnsafeOption = False,
    course: CourseOption = Path(),
) -> None:
    """Grade a week's solution and its untouched stub, and open both feedback pages.

    Both are graded in a temporary course of their own, which is kept until you remove it: nothing
    is written into submitted/, the gradebook or any other folder of the course.

    Example: autograder try week1_mlp --no-open
    """
    found = find_course(course)
    assignment = found.assignment(week)
    folder = Path(tempfile.mkdtemp(prefix=f"try-{week}-"))
    tried = rehearse(found, assignment, folder)
    grade(week, unsafe_no_sandbox=unsafe_no_sandbox, course=folder)
    result = read_result(tried.autograded(SOLUTION))
    for line in failed_on_solution(result.exercises) if result else ():
        warn(line)
    for student in (SOLUTION, STUB):
        page = tried.feedback_page(student)
        out.print(f"{student}: {page}", soft_wrap=True, highlight=False)
        if open_pages:
            webbrowser.open(page.as_uri())
