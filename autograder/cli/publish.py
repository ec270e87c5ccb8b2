"""The command that makes a repository for students."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring.build import check
from autograder.authoring.classroom50 import bundle_files
from autograder.authoring.repository import repository_files, write_repository
from autograder.cli.console import err, out, warn
from autograder.cli.options import CourseOption, Week
from autograder.course import find_course
from autograder.errors import AutograderError, UsageError
from autograder.published import COLAB
from autograder.settings import FILE_NAME, read_settings


class Platform(StrEnum):
    """What runs the checks on GitHub in place of the repository's own workflow."""

    CLASSROOM50 = "classroom50"


def publish(
    week: Week,
    directory: Annotated[
        Path,
        typer.Argument(
            help="A folder that is new or empty, or was published into and holds no work."
        ),
    ],
    force: Annotated[
        bool,
        typer.Option("--force", help="Publish though 'autograder build WEEK --check' fails."),
    ] = False,
    colab: Annotated[
        str, typer.Option(help="What opens notebooks from GitHub, if not Colab itself.")
    ] = "",
    platform: Annotated[
        Platform | None,
        typer.Option(
            "--for",
            help="Also write Classroom 50's autograder, into the folder DIRECTORY-classroom50.",
        ),
    ] = None,
    index: Annotated[
        str,
        typer.Option(
            help="For Classroom 50: an additional package index, such as PyTorch's CPU builds."
        ),
    ] = "",
    course: CourseOption = Path(),
) -> None:
    """Make a repository for students, ready to be pushed as a template.

    It holds the released notebook and its data, a README, what to install, a devcontainer, and a
    workflow that runs the notebook's checks on every push. It holds no hidden test and no solution.
    It first checks the week as `build --check` does, unless a check passed and nothing changed
    since, and stops if that fails. A folder that holds anyone's work is left as it is. For the
    button Open in Colab, write the repository's address into course.toml.

    Example: autograder publish week1_mlp ../week1_mlp

    Example: autograder publish week1_mlp ../week1_mlp --for classroom50
    """
    if index and platform is None:
        raise UsageError("--index belongs to --for classroom50")
    assignment = find_course(course).assignment(week)
    if assignment.solutions.is_dir():
        try:
            with err.status(f"checking {week}"):
                check(assignment, again=False)
        except AutograderError as error:
            if not force:
                raise AutograderError(
                    f"{error}; not published: mend it, or publish as it is with --force"
                ) from None
            warn(f"{error}; published all the same, with --force")
    with err.status(f"making the repository of {week}"):
        files = repository_files(assignment, colab or COLAB)
        bundle = bundle_files(assignment, index) if platform else {}
    _write(files, directory)
    place = assignment.published
    if place is None:
        out.print(
            f"no button Open in Colab: write repository = ... into {FILE_NAME}, build, and publish "
            "again",
            soft_wrap=True,
        )
    out.print(
        f"next: cd {directory} && git init -b {place.branch if place else 'main'} && git add . && "
        f"git commit -m {week}, push{f' to {place.repository}' if place else ''}, and tick "
        "'Template repository' in its settings",
        soft_wrap=True,
    )
    if platform:
        beside = directory.resolve().with_name(f"{directory.resolve().name}-{platform}")
        _write(bundle, beside)
        settings = read_settings(assignment.root)
        classroom = settings.classroom50.classroom if settings.classroom50 else "CLASSROOM"
        name = settings.slug(week)
        out.print(
            f"for Classroom 50: copy {beside} to {classroom}/autograders/{name} in the "
            f"organization's repository classroom50, and create the assignment {name} from the "
            "template",
            soft_wrap=True,
        )
        if settings.classroom50 is None:
            out.print(
                f"CLASSROOM is the classroom's short name: set it in {FILE_NAME}, table "
                "[classroom50]",
                soft_wrap=True,
                markup=False,
            )


def _write(files: dict[str, bytes], directory: Path) -> None:
    written = write_repository(files, directory)
    for name in sorted(written):
        out.print(f"wrote {directory / name}", soft_wrap=True, highlight=False)
    if not written:
        out.print(f"{directory} is up to date")
