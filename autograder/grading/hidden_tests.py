"""Runs a week's hidden tests with pytest on a session, and groups their outcomes by exercise.

A suite is a folder of `test_EXERCISE.py` files, one per exercise. A test is a function that takes
the `student` fixture; `@points(2)` is what it is worth, and its docstring is the hint that its
student reads when it fails. What else a test measures, it gives to `record_property`.

One mistake costs once. A file that says `BUILDS_ON = ("MLP", "train")` tests an exercise whose
correct code may call the student's own MLP and train: where its test fails, it is tried again with
the student's cell run on correct ones, and passes if that was the only reason.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.grading.plugin import Collector, Examiner, HiddenTest
from autograder.grading.session import Session
from autograder.results.model import ExerciseResult, TestOutcome

points = pytest.mark.points


def collect(folder: Path, order: Sequence[str] = ()) -> list[HiddenTest]:
    """The suite's tests, exercises in the given order.

    Raises AutograderError for a suite that is not fit to grade by.
    """
    collector = Collector(order)
    _run_pytest(folder, collector, "--collect-only")
    return collector.tests


def examine(
    folder: Path,
    session: Session,
    order: Sequence[str] = (),
    only: str = "",
    tests: Sequence[str] = (),
    stop: bool = False,
) -> tuple[ExerciseResult, ...]:
    """Run the suite, or the tests of `only` one exercise, on a student's live notebook.

    `tests` names some of that exercise's tests; `stop` skips those after the first to fail.
    """
    examiner = Examiner(session, order)
    _run_pytest(folder, examiner, *(["--exitfirst"] if stop else []), only=only, tests=tests)
    return by_exercise(examiner.outcomes)


def by_exercise(outcomes: Sequence[tuple[HiddenTest, TestOutcome]]) -> tuple[ExerciseResult, ...]:
    """Outcomes grouped by their tests' exercises, in the order in which those first come."""
    groups: dict[str, list[TestOutcome]] = {}
    for test, outcome in outcomes:
        groups.setdefault(test.exercise, []).append(outcome)
    bonus = {test.exercise for test, _ in outcomes if test.bonus}
    return tuple(
        ExerciseResult(name, tuple(found), name in bonus) for name, found in groups.items()
    )


def _run_pytest(
    folder: Path, plugin: Collector, *options: str, only: str = "", tests: Sequence[str] = ()
) -> None:
    if not folder.is_dir():
        raise AutograderError(f"there are no hidden tests in {folder}: write them first")
    file = folder / f"test_{only}.py" if only else folder
    what = [f"{file}::{test}" for test in tests] or [str(file)]
    arguments = [*what, "-c", os.devnull, "--rootdir", str(folder), *options]
    arguments += ["--confcutdir", str(folder)]  # the package's own tests have a conftest.py above
    arguments += ["-p", "no:cacheprovider", "-p", "no:terminal", "--capture=sys"]
    # Its garbage collections, on a heap with torch in it, took three quarters of a short suite.
    arguments += ["-p", "no:unraisableexception"]
    arguments += ["--strict-markers", "--import-mode=importlib"]
    arguments += ["-o", f"pythonpath={folder.parent}"]
    with _clean_process(folder):
        code = pytest.main(arguments, plugins=[plugin])
    done = code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if plugin.problems or not done:
        problem = plugin.problems[0] if plugin.problems else f"pytest ended with {code!r}"
        raise AutograderError(f"the hidden tests in {folder} cannot be used: {problem}")


@contextmanager
def _clean_process(folder: Path) -> Iterator[None]:
    """One suite must not meet another: a worker runs many, and every week has a test_NAME."""
    wrote_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    set_aside = {name: os.environ.pop(name, None) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # what else is installed must not matter
    try:
        yield
    finally:
        sys.dont_write_bytecode = wrote_bytecode
        os.environ.pop("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
        os.environ.update({name: value for name, value in set_aside.items() if value is not None})
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(str(folder.parent)):
                del sys.modules[name]
