"""The command that makes a repository for students."""

import re
from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring.build import build
from autograder.authoring.repository import COLAB, Address, repository_files, write_repository
from autograder.cli.console import err, out
from autograder.cli.options import CourseOption, Week
from autograder.course import find_course
from autograder.errors import AutograderError, UsageError


def publish(
    week: Week,
    directory: Annotated[
        Path,
        typer.Argument(
            help="A folder that is new or empty, or was published into and holds no work."
        ),
    ],
    repository: Annotated[
        str,
        typer.Option(help="OWNER/NAME on GitHub, for the Open in Colab button; none without."),
    ] = "",
    branch: Annotated[str, typer.Option(help="Its branch.")] = "main",
    colab: Annotated[
        str, typer.Option(help="What opens notebooks from GitHub, if not Colab itself.")
    ] = "",
    course: CourseOption = Path(),
) -> None:
    """Make a repository for students, ready to be pushed as a template.

    It holds the released notebook and its data, a README, what to install, a devcontainer, and a
    workflow that runs the notebook's checks on every push. It holds no hidden test and no solution.
    A folder that holds anyone's work is left as it is.

    Example: autograder publish week1_mlp ../week1 --repository my-course/week1
    """

    assignment = find_course(course).assignment(week)
    if repository and not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise UsageError(f"'{repository}' is not OWNER/NAME on GitHub, such as my-course/week1")
    if assignment.solutions.is_dir() and (stale := build(assignment).stale()):
        raise AutograderError(
            f"{stale[0].relative_to(assignment.root)} is not what solutions/ gives now: run "
            f"'autograder build {week}' first"
        )
    address = Address(repository, branch, colab or COLAB) if repository else None
    with err.status(f"making the repository of {week}"):
        files = repository_files(assignment, address)
    written = write_repository(files, directory)
    for name in sorted(written):
        out.print(f"wrote {directory / name}", soft_wrap=True, highlight=False)
    if not written:
        out.print(f"{directory} is up to date")
    if address is None:
        out.print("no Open in Colab button: that needs --repository OWNER/NAME")
    out.print(
        f"next: cd {directory} && git init -b main && git add . && git commit -m {week}, push, "
        "and tick 'Template repository' in its settings",
        soft_wrap=True,
    )
