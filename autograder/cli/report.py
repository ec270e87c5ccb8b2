"""The command that makes feedback, class page and the file for Canvas anew."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, Week
from autograder.errors import AutograderError


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
    from autograder.cli.console import bars, out, problem
    from autograder.cli.tables import second_looks
    from autograder.course import find_course
    from autograder.gradebook.totals import read_totals
    from autograder.reports.canvas_csv import make_sheet, write_sheet
    from autograder.reports.class_page import write_class_page
    from autograder.reports.feedback import write_feedback
    from autograder.reports.leaderboard import write_leaderboard
    from autograder.results.model import class_results
    from autograder.roster import FILE_NAME, read_roster

    found = find_course(course)
    assignment = found.assignment(week)
    results = class_results(assignment)
    if not results:
        raise AutograderError(f"nothing is graded yet: run 'autograder grade {week}' first")
    totals = read_totals(found, assignment)
    there = (found.root / FILE_NAME).exists()
    roster = read_roster(found.root / FILE_NAME) if there else None
    sheet = make_sheet(assignment, totals, results, roster, column=column, so_far=so_far)
    with bars(f"feedback {week}", len(results)) as step:
        for result in results:
            write_feedback(assignment, result.student)
            step(1)
    pages = [
        write_class_page(assignment, results, totals),
        *write_leaderboard(assignment, results),
    ]
    for line in roster.problems if roster else ():
        out.print(problem(line), soft_wrap=True)
    for line in sheet.lines():
        out.print(line, soft_wrap=True, markup=False, highlight=False)
    for looks in second_looks(totals, totals.students):
        out.print(looks, soft_wrap=True)
    for page in pages:
        out.print(f"open {page}", soft_wrap=True)
    path = write_sheet(assignment, sheet)
    said = "import into Canvas" if sheet.rows else "nobody's score is final yet, so empty:"
    out.print(f"{said} {path}", soft_wrap=True)
