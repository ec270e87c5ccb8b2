"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.course import find_course
from autograder.errors import AutograderError

CourseOption = Annotated[
    Path, typer.Option("--course", help="The course's folder; by default the working directory's.")
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes; by default one per core.")
]
UnsafeOption = Annotated[
    bool,
    typer.Option(
        "--unsafe-no-sandbox",
        help="Run student code UNPROTECTED, with your rights: only for code that you trust.",
    ),
]


def known_weeks() -> list[str]:
    """The assignments of the course in the working directory, for shell completion."""
    try:
        return [assignment.name for assignment in find_course(Path()).assignments()]
    except AutograderError:
        return []


StudentsOption = Annotated[
    list[str] | None,
    typer.Option("--student", help="Only this student; may be repeated. By default all students."),
]
Week = Annotated[str, typer.Argument(help="The assignment.", autocompletion=known_weeks)]
Weeks = Annotated[
    list[str] | None,
    typer.Argument(help="Assignments; by default all of them.", autocompletion=known_weeks),
]
