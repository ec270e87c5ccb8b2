"""What GitHub Actions reads: a step's summary, its results, and how not to be commanded by them."""

import base64
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from autograder.check.checks import Checkup, Finding, State
from autograder.text import plain

MARKS = {
    State.PASSED: "✅", State.WRITTEN: "📝", State.UNWRITTEN: "⬜",
    State.FAILED: "❌", State.TIMEOUT: "⏱️", State.NOT_RUN: "➖",
}  # fmt: skip


@contextmanager
def no_commands(stream: TextIO) -> Iterator[None]:
    """While it lasts, nothing that is printed is taken for a workflow command (`::set-env::` …).

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", file=stream, flush=True)
    try:
        yield
    finally:
        print(f"\n::{token}::", file=stream, flush=True)


def summary(checkup: Checkup) -> str:
    """The step's summary, in Markdown that shows a student's words and obeys none."""
    lines = [
        f"### {plain(checkup.notebook)}",
        "",
        f"The checks of **{checkup.points:g} of {checkup.max_points:g}** points pass. "
        "The hidden tests, which decide the points, try more.",
        "",
        "| | exercise | points | |",
        "|---|---|---:|---|",
    ]
    for finding in checkup.findings:
        name = plain(finding.exercise) + (" (bonus)" if finding.bonus else "")
        row = (MARKS[finding.state], name, f"{finding.points:g}", plain(finding.message))
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", *(f"* {plain(remark)}" for remark in checkup.remarks), ""]
    return "\n".join(lines)


def classroom_result(checkup: Checkup) -> str:
    """GitHub Classroom's result of a runner, which its successors read too: JSON in base64.

    A step gives it out as `result`; the action classroom-resources/autograding-grading-reporter
    adds up the scores of `tests`. A written answer is no test of it.
    """
    tests = [_test(finding) for finding in checkup.findings if not finding.written]
    broken = all(test["status"] == "error" for test in tests)
    passed = all(test["status"] == "pass" for test in tests)
    data = {
        "version": 1,
        "status": "error" if broken else "pass" if passed else "fail",
        "max_score": checkup.max_points,
        "tests": tests,
    }
    return base64.b64encode(json.dumps(data).encode()).decode()


def append(path: Path, text: str) -> None:
    """Add to one of the files that GitHub Actions names in a step's environment."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text + "\n")


def _test(finding: Finding) -> dict[str, Any]:
    passed = finding.state is State.PASSED
    error = finding.state in (State.TIMEOUT, State.NOT_RUN)
    return {
        "name": finding.exercise,
        "status": "pass" if passed else "error" if error else "fail",
        "score": finding.points if passed else 0,
        "max_score": finding.points,
        "message": None if passed else finding.message,
        "test_code": f"the check of {finding.exercise}",
        "filename": "",
        "line_no": 0,
        "execution_time": "",
    }
