"""The command that returns feedback by git."""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import bars, complain, out, problem
from autograder.cli.options import CourseOption, Week
from autograder.course import find_course
from autograder.errors import AutograderError, UsageError
from autograder.reports.push import push_feedback
from autograder.roster import FILE_NAME, read_roster
from autograder.settings import read_settings


def return_feedback(
    week: Week,
    roster: Annotated[
        Path | None,
        typer.Option(help="The class list, a CSV file; by default roster.csv in the course."),
    ] = None,
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only these students; by default all.")
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Push each student's feedback into their repository, on the branch feedback.

    Adds a commit to that branch and changes no other branch. If the feedback is there already,
    nothing is pushed. Exit status: 0 if every student has their feedback, 1 if a push failed, 2 for
    wrong usage.

    Example: autograder return week1_mlp --student ada
    """
    found = find_course(course)
    assignment = found.assignment(week)
    settings = read_settings(found.root)
    listed = read_roster(roster or found.root / FILE_NAME, settings.clock)
    listed = listed.with_repositories(partial(settings.classroom50_repository, week))
    for line in listed.problems:
        out.print(problem(line), soft_wrap=True)
    for name in student or ():
        if listed.entry(name) is None:
            raise UsageError(f"'{name}' is not in the class list")
    entries = [p for p in listed.entries if not student or p.student in student]
    returned = []
    with (
        bars(f"feedback {week}", len(entries)) as step,
        closing(push_feedback(assignment, entries)) as pushes,
    ):
        for one in pushes:
            returned.append(one)
            step(1)
    if not returned:
        raise AutograderError(
            f"there is no feedback to return: run 'autograder grade {week}' and check that the "
            "class list has the graded students"
        )
    pushed = [one for one in returned if one.commit]
    for one in sorted(pushed, key=lambda one: one.student):
        out.print(f"{one.student}: pushed {one.commit[:10]}", highlight=False)
    failed = [one for one in returned if one.problem]
    same = len(returned) - len(pushed) - len(failed)
    out.print(f"{len(pushed)} pushed, {same} unchanged, {len(failed)} not pushed")
    for one in sorted(failed, key=lambda one: one.student):
        complain(f"{one.student}: {one.problem}")
    if failed:
        raise typer.Exit(1)
