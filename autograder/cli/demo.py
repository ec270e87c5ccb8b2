"""The command that makes and grades the sample class."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring.sample_class import built_weeks, prepare
from autograder.cli.grade import grade
from autograder.cli.options import CourseOption
from autograder.course import find_course


def demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Where; by default demo/ in the course.")
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Build, hand in and grade a small sample class, in a folder of its own.

    Example: autograder demo
    """
    found = find_course(course)
    place = folder or found.root / "demo"
    sample = prepare(found, place)
    for week in built_weeks(sample):
        grade(week.name, course=place)
