"""What the commands have in common: options, and errors as one line."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.errors import AutograderError, UsageError

CourseOption = Annotated[
    Path, typer.Option("--course", help="The course's folder; by default the one you are in.")
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes; by default one a core.")
]
UnsafeOption = Annotated[
    bool,
    typer.Option(
        "--unsafe-no-sandbox",
        help="Run student code UNPROTECTED, with your rights: only for code that you trust.",
    ),
]


def known_weeks() -> list[str]:
    """The assignments of the course that one is in, for the shell to complete."""
    from autograder.course import find_course

    try:
        return [assignment.name for assignment in find_course(Path()).assignments()]
    except AutograderError:
        return []


Week = Annotated[str, typer.Argument(help="The assignment.", autocompletion=known_weeks)]
Weeks = Annotated[
    list[str] | None,
    typer.Argument(help="Assignments; by default all of them.", autocompletion=known_weeks),
]


def one_line_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Errors that a reader can mend are one line: exit 2 for wrong usage, 1 otherwise."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from autograder.cli.console import complain

        try:
            return command(*args, **kwargs)
        except UsageError as error:
            complain(str(error))
            raise typer.Exit(2) from None
        except AutograderError as error:
            complain(str(error))
            raise typer.Exit(1) from None
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] in ("", "autograder"):
                raise
            complain(
                f"this command needs '{error.name}', which students need not install: install this "
                "package with its extra, as in pip install 'gene46100-autograder[grade]'"
            )
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            complain("stopped; what was finished is kept, and the same command goes on from there")
            raise typer.Exit(130) from None

    return wrapped
