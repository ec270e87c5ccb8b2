"""The command that returns feedback, by git or to Canvas."""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import bars, complain, out, problem
from autograder.cli.options import CourseOption, Week
from autograder.course import Assignment, Course, find_course
from autograder.errors import AutograderError, UsageError
from autograder.reports.push import push_feedback
from autograder.roster import FILE_NAME, Roster, read_roster
from autograder.settings import Settings, read_settings


def return_feedback(
    week: Week,
    roster: Annotated[
        Path | None,
        typer.Option(help="The class list, a CSV file; by default roster.csv in the course."),
    ] = None,
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only these students; by default all.")
    ] = None,
    to: Annotated[str, typer.Option(help="git or canvas.")] = "git",
    send: Annotated[
        bool, typer.Option("--send", help="canvas: send; without it, only say what would be sent.")
    ] = False,
    take_ours: Annotated[
        bool, typer.Option("--replace", help="canvas: also replace scores that were changed there.")
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Push each student's feedback into their repository, on the branch feedback.

    Adds a commit to that branch and changes no other branch. If the feedback is there already,
    nothing is pushed. With --to canvas, shows which scores and pages would be sent to Canvas, and
    with --send sends them: nothing twice, and no student whose written answers are ungraded. It
    names the students without a grade, for whom nothing is sent. Exit
    status: 0 if every student has their feedback, 1 if something could not be sent, 2 for wrong
    usage.

    Example: autograder return week1_mlp --student ada

    Example: autograder return week1_mlp --to canvas --send
    """
    found = find_course(course)
    assignment = found.assignment(week)
    settings = read_settings(found.root)
    if to not in ("git", "canvas"):
        raise UsageError("say where to return feedback to: --to git or --to canvas")
    if to == "git" and (send or take_ours):
        raise UsageError("--send and --replace are for --to canvas")
    listed = read_roster(roster or found.root / FILE_NAME, settings.clock)
    listed = listed.with_repositories(partial(settings.classroom50_repository, week))
    for line in listed.problems:
        out.print(problem(line), soft_wrap=True)
    for name in student or ():
        if listed.entry(name) is None:
            raise UsageError(f"'{name}' is not in the class list")
    entries = [p for p in listed.entries if not student or p.student in student]
    if to == "canvas":
        _to_canvas(found, assignment, settings, Roster(tuple(entries)), send, take_ours)
        return
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


def _to_canvas(
    course: Course,
    assignment: Assignment,
    settings: Settings,
    roster: Roster,
    send: bool,
    take_ours: bool,
) -> None:
    """Print a line for each student, and send unless it is a trial."""
    from autograder.canvas.connection import connect
    from autograder.gradebook.totals import require_rows, totals_of
    from autograder.locks import held
    from autograder.reports.send_canvas import Message, Returned, Sent, deliver, messages

    rows = require_rows(course, assignment)
    totals = totals_of(assignment, rows)
    with held(assignment.collected / "canvas.lock", f"another command returns {assignment.name}"):
        connection = connect(settings, assignment)
        planned = list(messages(assignment, roster, connection.submissions(), totals, rows))
        if not planned:
            raise AutograderError(
                f"there is no feedback to return: run 'autograder grade {assignment.name}' and "
                "check that the class list has the graded students"
            )
        done: list[Returned] = []
        with bars(f"feedback {assignment.name}", len(planned)) as step:
            for one in planned:
                if isinstance(one, Message):
                    one = deliver(assignment, connection, one, not send, take_ours)
                done.append(one)
                step(1)
    for one in done:
        if one.what in (Sent.LEFT, Sent.UNCLEAR):
            complain(f"{one.student}: {one.what}: {one.about}")
        else:
            out.print(f"{one.student}: {one.what}: {one.about}", highlight=False, soft_wrap=True)
    counts = ", ".join(
        f"{count} {what}" for what in Sent if (count := sum(o.what is what for o in done))
    )
    out.print(counts + ("" if send else "; add --send to send it"))
    if ungraded := sorted({entry.student for entry in roster.entries} - {o.student for o in done}):
        out.print(f"without a grade: {', '.join(ungraded)}", highlight=False, soft_wrap=True)
    if send and any(one.what in (Sent.LEFT, Sent.UNCLEAR) for one in done):
        raise typer.Exit(1)
