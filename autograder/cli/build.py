"""The command that makes what students get from the worked notebooks."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring import environment
from autograder.authoring.build import build as build_assignment
from autograder.authoring.build import check as check_assignment
from autograder.authoring.wheel import PROJECT
from autograder.cli.console import complain, err, out, progress, warn
from autograder.cli.options import CourseOption, Weeks
from autograder.course import Assignment, Course, find_course
from autograder.errors import AutograderError, UsageError
from autograder.notebook.packages import require_listed
from autograder.settings import FILE_NAME, read_settings
from autograder.workers import worker_pool


def build(
    weeks: Weeks = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Build nothing; run the solutions; fail on anything stale."),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Build again whenever a file changes, until Ctrl-C."),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Make source/ and release/ from solutions/, and environment.md.

    A week that cannot be built does not stop the others. Exit status 0: every week is built (or
    passes the check); 1: a week is not.

    Example: autograder build week1_mlp --check
    """
    if check and watch:
        raise UsageError("--check writes nothing: leave --check or --watch out")
    found = find_course(course)
    require_listed(found.root, read_settings(found.root))
    assignments = [found.assignment(week) for week in weeks] if weeks else found.assignments()
    failed = check_all(assignments) if check else build_all(found, assignments)
    if found.root == PROJECT:
        _build_environment(check)
    elif read_settings(found.root).environment != read_settings(PROJECT).environment:
        warn(
            f"{found.root / FILE_NAME}: environment.packages counts only in {PROJECT / FILE_NAME}: "
            f"set it there, and run 'autograder build' in {PROJECT}"
        )
    if not assignments:
        err.print("there is no assignment in solutions/ yet: autograder new WEEK makes one")
    if watch:
        # Imported here, because nothing else needs it.
        from autograder.cli.watch import build_while_edited

        build_while_edited(found, weeks)
    if failed:
        raise typer.Exit(1)


def check_all(assignments: Sequence[Assignment]) -> bool:
    """Check every week and print a line about each. Returns whether one failed."""
    failed = False
    with (
        progress(len(assignments), "checking") as bar,
        worker_pool(os.cpu_count() or 1, len(assignments)) as pool,
    ):
        checks = [pool.submit(check_assignment, assignment) for assignment in assignments]
        for assignment, done in zip(assignments, checks, strict=True):
            try:
                done.result()
                verdict = "up to date; the solution passes its checks and hidden tests"
                out.print(f"{assignment.name}: {verdict}")
            except AutograderError as error:
                failed = True
                complain(_about(assignment, error))
            bar.advance(bar.task_ids[0])
    return failed


def build_all(course: Course, assignments: Sequence[Assignment]) -> bool:
    """Build every week and print what was written. Returns whether one failed."""
    failed = False
    with progress(len(assignments), "building") as bar:
        for assignment in assignments:
            bar.update(bar.task_ids[0], description=f"building {assignment.name}")
            try:
                built = build_assignment(assignment)
                written = built.write()
            except AutograderError as error:
                failed = True
                complain(_about(assignment, error))
            else:
                for warning in built.warnings:
                    warn(warning)
                for path in written:
                    action = "wrote" if path.exists() else "removed"
                    out.print(f"{action} {path.relative_to(course.root)}", soft_wrap=True)
                if not written:
                    out.print(f"{assignment.name}: nothing to do")
            bar.advance(bar.task_ids[0])
    return failed


def _about(assignment: Assignment, error: AutograderError) -> str:
    """The error's line, which names its week."""
    text = str(error)
    return text if assignment.name in text else f"{assignment.name}: {text}"


def _build_environment(check: bool) -> None:
    """environment.md belongs to the package's repository, not to every course."""
    if check:
        environment.check()
        out.print(f"{environment.PAGE}: up to date")
    else:
        for path in environment.write():
            out.print(f"wrote {path.relative_to(PROJECT)}", soft_wrap=True)
