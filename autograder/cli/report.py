"""The command that regenerates feedback, the class page, and the file for Canvas."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import bars, out, problem
from autograder.cli.grade import refresh_pages, regrading_lines
from autograder.cli.options import CourseOption, Week
from autograder.course import find_course
from autograder.errors import AutograderError
from autograder.gradebook.penalties import update_penalties
from autograder.gradebook.totals import require_rows
from autograder.locks import held
from autograder.reports import freshness
from autograder.reports.canvas_csv import make_sheet, write_sheet
from autograder.reports.points_csv import write_points
from autograder.results.store import class_results
from autograder.roster import FILE_NAME, read_roster, unknown_waivers
from autograder.settings import read_settings


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
        typer.Option(
            "--so-far", help="Also write the points so far of students who need manual grading."
        ),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Regenerate feedback, class page and grades, with the scores entered since.

    reports/WEEK.html is the class on one page. reports/WEEK-grades.csv is for Canvas's gradebook
    import, with the names and ids of roster.csv if the course has one. A student without a final
    score has no row in it, and is named. An assignment with a leaderboard also gets
    reports/WEEK-leaderboard.html and .json, under the names that students chose.

    Example: autograder report week1_mlp --column "Week 1 (12345)"
    """
    found = find_course(course)
    assignment = found.assignment(week)
    results = class_results(assignment)
    if not results:
        raise AutograderError(f"nothing is graded yet: run 'autograder grade {week}' first")
    clock = read_settings(found.root).clock
    class_list = found.root / FILE_NAME
    roster = read_roster(class_list, clock) if class_list.exists() else None
    busy = f"another command writes the pages of {week}"
    with held(freshness.lock(assignment), busy), bars(f"feedback {week}", len(results)) as step:
        update_penalties(found, assignment)
        digests = require_rows(found, assignment).digests()
        for result in results:
            digest = freshness.feedback_digest(assignment, result.student, digests)
            if not freshness.feedback(assignment, result.student).is_current(digest):
                from autograder.reports.feedback import write_feedback  # imports nbconvert

                write_feedback(assignment, result)
            step(1)
    totals, pages = refresh_pages(found, assignment)
    sheet = make_sheet(assignment, totals, results, roster, column=column, so_far=so_far)
    weeks = [one.name for one in found.assignments()]
    for line in (*roster.problems, *unknown_waivers(roster, weeks)) if roster else ():
        out.print(problem(line), soft_wrap=True)
    for line in sheet.lines():
        out.print(line, soft_wrap=True, markup=False, highlight=False)
    for changed in regrading_lines(totals, totals.students):
        out.print(changed, soft_wrap=True)
    for page in pages:
        out.print(f"open {page}", soft_wrap=True)
    points = write_points(assignment, totals, roster)
    out.print(f"points and late penalties: {points}", soft_wrap=True)
    path = write_sheet(assignment, sheet)
    what = "import into Canvas" if sheet.rows else "no score is final yet, so this file is empty:"
    out.print(f"{what} {path}", soft_wrap=True)
