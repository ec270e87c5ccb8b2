"""The command that makes the files of a new week."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring.new_week import from_notebook, skeleton, write_week
from autograder.cli.console import out
from autograder.cli.options import CourseOption
from autograder.course import Assignment, find_course


def new(
    week: Annotated[str, typer.Argument(help="The new week's name, such as week4_rnn.")],
    notebook: Annotated[
        Path | None,
        typer.Option("--from", help="A solved notebook without directives, which gets them."),
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Make the files of a new week: a small example to replace, or those of a notebook.

    Writes solutions/WEEK, tests/hidden/WEEK and tests/submissions/WEEK, and no file of a week that
    exists. With --from, each function or class of the notebook becomes an exercise, and each
    question a written answer. The hidden tests are then still to be written, and the sample
    answers, two wrong and two right ones per exercise, are sketches to be replaced.

    Example: autograder new week4_rnn --from rnn.ipynb
    """
    found = find_course(course)
    assignment = Assignment(week, found.root)
    made = from_notebook(week, notebook) if notebook else skeleton(week)
    for path in write_week(assignment, made):
        out.print(f"wrote {path.relative_to(found.root)}", soft_wrap=True, highlight=False)
    for line in made.done:
        out.print(line, soft_wrap=True, highlight=False)
    for command in ("build", "try", "audit"):
        out.print(f"next: autograder {command} {week}", highlight=False)
