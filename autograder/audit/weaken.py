"""Would the audit notice a weaker test? Removes each hidden test's last assertion in turn.

The audit notices if a mutant whose header names that test then survives it.
"""

import ast
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from autograder.audit.answers import Answer
from autograder.audit.live import LiveNotebook
from autograder.audit.model import WeakenedTest
from autograder.audit.trial import mutant_limits, worker_notebook
from autograder.course import Assignment
from autograder.grading.options import Options
from autograder.grading.plugin import HiddenTest
from autograder.workers import work_through


def try_weakened_tests(
    assignment: Assignment,
    tests: Sequence[HiddenTest],
    answers: Sequence[Answer],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[WeakenedTest]:
    """Weaken each test and try the mutants that name it, in the order of the tests."""
    jobs = [(assignment, test, answers, options) for test in tests]
    return work_through(pool, try_weakened_test, jobs, lambda _: on_step(1))


def try_weakened_test(
    assignment: Assignment, test: HiddenTest, answers: Sequence[Answer], options: Options
) -> WeakenedTest:
    """Weaken one test and try the mutants that name it, until one survives."""
    file_name = f"test_{test.exercise}.py"
    source = (assignment.hidden_tests / file_name).read_text(encoding="utf-8")
    weakened, removed = without_last_assertion(source, test.name)
    mutants = [a for a in answers if (a.exercise, a.named_test) == (test.exercise, test.name)]
    survivor = ""
    if weakened and mutants:
        live = worker_notebook().get(assignment, options)
        with tempfile.TemporaryDirectory() as folder:
            suite = Path(folder) / assignment.name
            shutil.copytree(assignment.hidden_tests, suite)
            (suite / file_name).write_text(weakened, encoding="utf-8")
            survivors = (mutant.name for mutant in mutants if _survives(live, mutant, suite))
            survivor = next(survivors, "")
    return WeakenedTest(test.exercise, test.name, removed, survivor)


def without_last_assertion(source: str, test: str) -> tuple[str, str]:
    """(the file's text with `pass` in place of the test's last assertion, the assertion's text).

    An assertion is an `assert`, a `raise`, or a statement that calls anything except the student's
    code, such as `expect.close(...)`. Returns ('', '') for a test without an assertion.
    """
    (function,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == test
    )
    assertions = [
        node for node in ast.walk(function) if isinstance(node, ast.stmt) and _is_assertion(node)
    ]
    if not assertions:
        return "", ""
    last = max(assertions, key=lambda node: node.lineno)
    lines = source.splitlines(keepends=True)
    end = last.end_lineno or last.lineno
    removed = "".join(lines[last.lineno - 1 : end])
    lines[last.lineno - 1 : end] = [" " * last.col_offset + "pass\n"]
    return "".join(lines), removed.strip()


def _is_assertion(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return not ast.unparse(node.value.func).startswith("student.")
    return isinstance(node, ast.Assert | ast.Raise)


def _survives(live: LiveNotebook, mutant: Answer, suite: Path) -> bool:
    outcomes = live.outcomes(
        mutant.exercise,
        mutant.cells,
        [mutant.named_test],
        limits=mutant_limits(live.assignment.limits),
        suite=suite,
    )
    return all(outcome.passed for outcome in outcomes)
