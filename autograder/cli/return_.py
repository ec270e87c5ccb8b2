"""The command that gives feedback back by git."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import bars, complain, out, problem
from autograder.cli.options import CourseOption, Week
from autograder.course import find_course
from autograder.errors import AutograderError, UsageError
from autograder.reports.push import give_back
from autograder.roster import FILE_NAME, read_roster


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

    Commits on top of what that branch holds, and touches no other. Whoever has it already gets
    nothing new. Exit status 0: all of it is there; 1: someone's could not be pushed; 2: wrong
    usage.

    Example: autograder return week1_mlp --student ada
    """

    found = find_course(course)
    assignment = found.assignment(week)
    listed = read_roster(roster or found.root / FILE_NAME)
    for line in listed.problems:
        out.print(problem(line), soft_wrap=True)
    for name in student or ():
        if listed.entry(name) is None:
            raise UsageError(f"'{name}' is not in the class list")
    entries = [p for p in listed.entries if not student or p.student in student]
    given = []
    with bars(f"giving back {week}", len(entries)) as bar:
        for one in give_back(assignment, entries):
            given.append(one)
            bar(1)
    if not given:
        raise AutograderError(
            f"no feedback to give back: run 'autograder grade {week}' and look whether the class "
            "list has the students who were graded"
        )
    pushed = [one for one in given if one.commit]
    for one in sorted(pushed, key=lambda one: one.student):
        out.print(f"{one.student}: pushed {one.commit[:10]}", highlight=False)
    failed = [one for one in given if one.problem]
    same = len(given) - len(pushed) - len(failed)
    out.print(f"{len(pushed)} pushed, {same} had it already, {len(failed)} not pushed")
    for one in sorted(failed, key=lambda one: one.student):
        complain(f"{one.student}: {one.problem}")
    if failed:
        raise typer.Exit(1)
