"""The command with which students check their own notebooks, and the table that it prints."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from autograder.check import github, messages
from autograder.check.checks import (
    changed_states,
    check_exercises,
    import_warnings,
    other_errors,
    prepare,
    shadowed_names,
)
from autograder.check.forecast import slow_cells, trained_model
from autograder.check.report import SCHEMA_VERSION, CheckReport, State
from autograder.check.runner import DATA, run_clean
from autograder.check.source import read_own
from autograder.cli.console import out, progress
from autograder.course import Limits
from autograder.errors import BadSubmission, UsageError
from autograder.files import importable_names
from autograder.text import as_points

MARKS = {
    State.PASSED: ("✓", "green"),
    State.WRITTEN: ("✓", "green"),
    State.UNWRITTEN: ("·", "dim"),
    State.FAILED: ("✗", "red"),
    State.TIMEOUT: ("✗", "red"),
    State.NOT_RUN: ("–", "yellow"),
}


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, a file that ends in .ipynb.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, help="The time limit for one cell.")
    ] = 60.0,
) -> None:
    """Run your notebook from top to bottom, as grading will, and show what its checks say.

    The command runs a copy of your notebook in a new kernel, with only the folder data beside it.
    If your notebook works only by chance on your machine, you see it here. Your file does not
    change. The hidden tests decide the points, and they try more than these checks. Exit status 0:
    everything is written and every check passes. 1: something is left to do. 2: wrong usage. With
    --json, a notebook that cannot be checked has an `error` in place of its exercises.

    In GitHub Actions it also writes the step's summary, and the output `result` for the grading
    reporter of GitHub Classroom and similar tools.

    Example: autograder check hands-on-introduction_to_deep_learning.ipynb
    """
    # From here to the end, GitHub Actions must not obey what a notebook prints or raises.
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    stream = sys.stderr if as_json else sys.stdout
    with github.no_commands(stream) if in_actions else nullcontext():
        try:
            report = _check_notebook(notebook, seconds)
        except (BadSubmission, UsageError) as error:
            if as_json:
                unchecked = {"schema_version": SCHEMA_VERSION, "notebook": notebook.name}
                print(json.dumps(unchecked | {"error": str(error)}, ensure_ascii=False))
            raise
        if as_json:
            print(json.dumps(report.to_json(), indent=1, ensure_ascii=False))
        else:
            out.print(report_table(report))
            for line in report_lines(report):
                out.print(line, soft_wrap=True)
    for variable, text in (
        ("GITHUB_STEP_SUMMARY", github.summary(report)),
        ("GITHUB_OUTPUT", f"result={github.classroom_result(report)}"),
    ):
        if in_actions and os.environ.get(variable):
            github.append(Path(os.environ[variable]), text)
    raise typer.Exit(0 if report.is_done else 1)


def report_table(report: CheckReport) -> Table:
    """One row per exercise: its points, its state, and a message."""
    table = Table(title=report.notebook, title_justify="left")
    table.add_column("exercise", overflow="fold")
    table.add_column("points", justify="right")
    table.add_column("")
    table.add_column("what its check says", overflow="fold")
    for exercise in report.exercises:
        mark, style = MARKS[exercise.state]
        name = f"{exercise.exercise} (bonus)" if exercise.bonus else exercise.exercise
        message = Text(exercise.message, style="" if exercise.state.is_done else style)
        table.add_row(name, f"{as_points(exercise.points)}", Text(mark, style=style), message)
    return table


def report_lines(report: CheckReport) -> Iterator[Text]:
    """The remarks and the sums of points."""
    for remark in report.remarks:
        yield Text(f"note: {remark}", style="yellow")
    parts = [f"{as_points(report.points)} points have checks that pass"]
    if report.written_points:
        parts.append(f"{as_points(report.written_points)} need manual grading")
    parts.append(f"{as_points(report.open_points)} are still open ({report.seconds:g} s)")
    yield Text(", ".join(parts))
    yield Text(messages.HIDDEN_TESTS, style="dim")


def _check_notebook(notebook: Path, seconds: float) -> CheckReport:
    own, released = read_own(notebook)
    prepared, remarks = prepare(own, released)
    started = time.monotonic()
    with progress(len(prepared.cells), f"running {notebook.name}") as bar:
        executed = run_clean(
            prepared,
            notebook.parent / DATA,
            replace(Limits(), cell_seconds=seconds),
            lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
        )
    took = round(time.monotonic() - started, 1)
    exercises = check_exercises(executed, released)
    missing = import_warnings(executed, importable_names(notebook.parent))
    remarks += missing + shadowed_names(executed) + changed_states(executed)
    remarks += other_errors(executed)
    remarks += slow_cells(executed, Limits().cell_seconds)
    remarks += trained_model(notebook.parent, released)
    return CheckReport(notebook.name, exercises, remarks, took)
