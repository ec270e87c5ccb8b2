"""What GitHub Actions reads of a check: a step's summary and its result.

A notebook may print workflow commands. While `no_commands` is open, Actions does not obey them.
"""

import base64
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from autograder.check import messages
from autograder.check.report import CheckReport, ExerciseCheck, State
from autograder.text import as_points, escape_markdown

MARKS = {
    State.PASSED: "✅", State.WRITTEN: "📝", State.UNWRITTEN: "⬜",
    State.FAILED: "❌", State.TIMEOUT: "⏱️", State.NOT_RUN: "➖",
}  # fmt: skip


@contextmanager
def no_commands(stream: TextIO) -> Iterator[None]:
    """While it is open, GitHub Actions obeys no workflow command (`::set-env::` …) in the output.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", file=stream, flush=True)
    try:
        yield
    finally:
        print(f"\n::{token}::", file=stream, flush=True)


def summary(report: CheckReport) -> str:
    """The step's summary, in Markdown; the student's words in it are shown as plain text."""
    lines = [
        f"### {escape_markdown(report.notebook)}",
        "",
        f"The checks of **{as_points(report.points)} of {as_points(report.max_points)}** points "
        f"pass. {messages.HIDDEN_TESTS}",
        "",
        "| | exercise | points | |",
        "|---|---|---:|---|",
    ]
    for exercise in report.exercises:
        name = escape_markdown(exercise.exercise) + (" (bonus)" if exercise.bonus else "")
        row = (
            MARKS[exercise.state],
            name,
            f"{as_points(exercise.points)}",
            escape_markdown(exercise.message),
        )
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", *(f"* {escape_markdown(remark)}" for remark in report.remarks), ""]
    return "\n".join(lines)


def classroom_result(report: CheckReport) -> str:
    """GitHub Classroom's result of a runner, which its successors read too: JSON in base64.

    The step has it as its output `result`; the action
    classroom-resources/autograding-grading-reporter adds up the scores of `tests`. Written answers
    are left out.
    """
    tests = [_test(exercise) for exercise in report.exercises if not exercise.written]
    broken = all(test["status"] == "error" for test in tests)
    passed = all(test["status"] == "pass" for test in tests)
    data = {
        "version": 1,
        "status": "error" if broken else "pass" if passed else "fail",
        "max_score": report.max_points,
        "tests": tests,
    }
    return base64.b64encode(json.dumps(data).encode()).decode()


def append(path: Path, text: str) -> None:
    """Add to one of the files that GitHub Actions names in a step's environment."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text + "\n")


def _test(exercise: ExerciseCheck) -> dict[str, Any]:
    passed = exercise.state is State.PASSED
    error = exercise.state in (State.TIMEOUT, State.NOT_RUN)
    return {
        "name": exercise.exercise,
        "status": "pass" if passed else "error" if error else "fail",
        "score": exercise.points if passed else 0,
        "max_score": exercise.points,
        "message": None if passed else exercise.message,
        "test_code": f"the check of {exercise.exercise}",
        "filename": "",
        "line_no": 0,
        "execution_time": "",
    }
