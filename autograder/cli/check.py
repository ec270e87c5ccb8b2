"""The command with which students check their own notebooks."""

import json
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, a file that ends in .ipynb.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, help="What one cell may take.")
    ] = 60.0,
) -> None:
    """Run your notebook from top to bottom, as grading will, and show what its checks say.

    It runs a copy, in a new kernel and with nothing beside it but the folder data, so that what
    works on your machine by chance alone shows. Your file is not changed. The hidden tests, which
    decide the points, try more than these checks. Exit status 0: everything is written and every
    check passes; 1: something is left; 2: wrong usage.

    In GitHub Actions it also writes the step's summary, and the output `result` for the grading
    reporter of GitHub Classroom and its successors.

    Example: autograder check hands-on-introduction_to_deep_learning.ipynb
    """
    from dataclasses import replace

    from autograder.check import github
    from autograder.check.checks import Checkup, examine, other_errors, prepare
    from autograder.check.runner import DATA, run_clean
    from autograder.check.source import read_own
    from autograder.cli.check_table import checkup_lines, checkup_table
    from autograder.cli.console import out, progress
    from autograder.course import Limits

    # From here to the end, nothing that a notebook prints or raises is a workflow command.
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    stream = sys.stderr if as_json else sys.stdout
    with github.no_commands(stream) if in_actions else nullcontext():
        own, released = read_own(notebook)
        limits = replace(Limits(), cell_seconds=seconds)
        prepared, remarks = prepare(own, released)
        started = time.monotonic()
        with progress(len(prepared.cells), f"running {notebook.name}") as bar:
            executed = run_clean(
                prepared,
                notebook.parent / DATA,
                limits,
                lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
            )
        took = round(time.monotonic() - started, 1)
        remarks += other_errors(executed)
        found = Checkup(notebook.name, examine(executed, released, limits), remarks, took)
        if as_json:
            print(json.dumps(found.to_json(), indent=1, ensure_ascii=False))
        else:
            out.print(checkup_table(found))
            for line in checkup_lines(found):
                out.print(line, soft_wrap=True)
    for variable, text in (
        ("GITHUB_STEP_SUMMARY", github.summary(found)),
        ("GITHUB_OUTPUT", f"result={github.classroom_result(found)}"),
    ):
        if in_actions and os.environ.get(variable):
            github.append(Path(os.environ[variable]), text)
    raise typer.Exit(0 if found.fine else 1)
