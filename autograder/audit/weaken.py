"""Would the audit notice a weakened test? Each hidden test loses its last assertion, in turn.

The audit notices it where one of the wrong answers whose header names the test gets past it.
"""

import ast
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autograder.audit.answers import Answer
from autograder.audit.live import LiveNotebook
from autograder.audit.trial import live_notebook
from autograder.course import Assignment
from autograder.grading.hidden_tests import HiddenTest
from autograder.grading.session import Options
from autograder.workers import work_through


@dataclass(frozen=True)
class Weakened:
    """One test without its last assertion: the lines it lost, and the mutant that then passed."""

    exercise: str
    test: str
    lost: str
    noticed_by: str
    named_by: int


def weaken(
    assignment: Assignment,
    tests: Sequence[HiddenTest],
    answers: Sequence[Answer],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[Weakened]:
    """Try the mutants that name it on each weakened test; in the order of the tests."""
    jobs = [(assignment, test, answers, options) for test in tests]
    return work_through(pool, weaken_one, jobs, lambda _: on_step(1))


def without_last_assertion(source: str, test: str) -> tuple[str, str]:
    """(the file's text with `pass` for the test's last assertion, the assertion's text).

    An assertion is an `assert`, a `raise`, or a statement that calls something else than the
    student: expect.close(...), a helper that asserts. ('', '') where the test has none.
    """
    (function,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == test
    )
    found = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and _asserts(node)]
    if not found:
        return "", ""
    last = max(found, key=lambda node: node.lineno)
    lines = source.splitlines(keepends=True)
    end = last.end_lineno or last.lineno
    lost = "".join(lines[last.lineno - 1 : end])
    lines[last.lineno - 1 : end] = [" " * last.col_offset + "pass\n"]
    return "".join(lines), lost.strip()


def _asserts(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return not ast.unparse(node.value.func).startswith("student.")
    return isinstance(node, ast.Assert | ast.Raise)


def weaken_one(
    assignment: Assignment, test: HiddenTest, answers: Sequence[Answer], options: Options
) -> Weakened:
    """Try the mutants that name one test on it, without its last assertion."""
    whole = (assignment.hidden_tests / f"test_{test.exercise}.py").read_text(encoding="utf-8")
    weak, lost = without_last_assertion(whole, test.name)
    named = [a for a in answers if (a.exercise, a.caught_by) == (test.exercise, test.name)]
    if not weak or not named:
        return Weakened(test.exercise, test.name, lost, "", len(named))
    live = live_notebook(assignment, options, impatient=True)
    with tempfile.TemporaryDirectory() as place:
        live.tests = Path(place) / assignment.name
        shutil.copytree(assignment.hidden_tests, live.tests)
        (live.tests / f"test_{test.exercise}.py").write_text(weak, encoding="utf-8")
        try:
            passed = (a.name for a in named if _passes(live, a))
            return Weakened(test.exercise, test.name, lost, next(passed, ""), len(named))
        finally:
            live.tests = assignment.hidden_tests


def _passes(live: LiveNotebook, answer: Answer) -> bool:
    outcomes = live.outcomes(answer.exercise, answer.cells, [answer.caught_by])
    return all(outcome.passed for outcome in outcomes)
