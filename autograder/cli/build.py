"""The command that makes what students get from the worked notebooks."""

import os
from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring import environment
from autograder.authoring.build import build as build_assignment
from autograder.authoring.build import check as check_assignment
from autograder.authoring.wheel import PROJECT
from autograder.cli.console import err, out, progress, warn
from autograder.cli.options import CourseOption, Weeks
from autograder.course import find_course
from autograder.workers import worker_pool


def build(
    weeks: Weeks = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; run the solutions; fail on anything stale."),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Make source/ and release/ from solutions/, and environment.md.

    Example: autograder build week1_mlp --check
    """
    found = find_course(course)
    assignments = [found.assignment(week) for week in weeks] if weeks else found.assignments()
    with progress(len(assignments), "checking" if check else "building") as bar:
        if check:
            with worker_pool(os.cpu_count() or 1, len(assignments)) as pool:
                checks = [pool.submit(check_assignment, assignment) for assignment in assignments]
                for assignment, done in zip(assignments, checks, strict=True):
                    done.result()
                    verdict = "up to date; the solution passes its checks and hidden tests"
                    out.print(f"{assignment.name}: {verdict}")
                    bar.advance(bar.task_ids[0])
        for assignment in () if check else assignments:
            bar.update(bar.task_ids[0], description=f"building {assignment.name}")
            built = build_assignment(assignment)
            written = built.write()
            for warning in built.warnings:
                warn(warning)
            for path in written:
                action = "wrote" if path.exists() else "removed"
                out.print(f"{action} {path.relative_to(found.root)}", soft_wrap=True)
            if not written:
                out.print(f"{assignment.name}: nothing to do")
            bar.advance(bar.task_ids[0])
    if found.root == PROJECT:
        _build_environment(check)
    if not assignments:
        err.print("there is no assignment in solutions/ yet")


def _build_environment(check: bool) -> None:
    """environment.md belongs to the package's repository, not to every course."""
    if check:
        environment.check()
        out.print(f"{environment.PAGE}: up to date")
    else:
        for path in environment.write():
            out.print(f"wrote {path.relative_to(PROJECT)}", soft_wrap=True)
