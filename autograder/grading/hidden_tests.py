"""Runs a week's hidden tests with pytest on a session, and groups their outcomes by exercise.

A suite is a folder of `test_EXERCISE.py` files, one per exercise. A test is a function that takes
the `student` fixture. `@points(2)` sets its points, and its docstring is the hint that the student
reads if it fails. A test records other measurements with `record_property`.

`@points(1, form=True)` marks a test that wrong values can pass: of shapes, types, or inputs that
stay as they are. Its points count only if a test of the same exercise without this mark passes.

One mistake costs points only once. A file with `BUILDS_ON = ("MLP", "train")` tests an exercise
whose correct code may call the student's own MLP and train. If a test in that file fails, and one
of the two failed a test of its own before, it runs again, with the student's cell run on correct
versions of both. It counts as passed if this second run passes. `GIVEN` is code that runs before
the student's cell: what the notebook makes of the pieces. If it replaces the result of an exercise
whose solution would take long, such as a training, `GIVEN_FOR` names that exercise.
"""

import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.grading.plugin import Collector, Examiner, HiddenTest
from autograder.grading.session import Session
from autograder.results.model import ExerciseResult, TestOutcome

points = pytest.mark.points
# Plugins of pytest that cost time in each short run and serve no hidden test. The garbage
# collections of `unraisableexception`, with torch in memory, took three quarters of it.
UNUSED_PLUGINS = (
    "unraisableexception", "threadexception", "faulthandler", "logging", "doctest", "pastebin",
    "stepwise", "setuponly", "setupplan", "legacypath", "unittest", "cacheprovider", "terminal",
)  # fmt: skip

# Why pytest ended without a report of its own.
ENDINGS: Mapping[int, str] = {
    pytest.ExitCode.NO_TESTS_COLLECTED: (
        "there is no test in it: write test_EXERCISE.py with a function test_NAME(student)"
    ),
    pytest.ExitCode.INTERRUPTED: "pytest was interrupted",
    pytest.ExitCode.INTERNAL_ERROR: "pytest stopped with an error of its own",
    pytest.ExitCode.USAGE_ERROR: "pytest cannot find or read its files",
}

_KEPT: set[Path] = set()  # the suites whose modules an earlier run left in memory


def collect(folder: Path, order: Sequence[str] = ()) -> list[HiddenTest]:
    """The suite's tests, with the exercises in the given order.

    Raises AutograderError if the suite cannot be used for grading.
    """
    collector = Collector(order)
    _run_pytest(folder, collector, "--collect-only")
    exercises = {test.exercise for test in collector.tests}
    if empty := exercises - {test.exercise for test in collector.tests if not test.form}:
        raise AutograderError(
            f"the hidden tests in {folder} cannot be used: test_{min(empty)}.py has tests of form "
            "alone, so that none of them could count"
        )
    return collector.tests


def examine(
    folder: Path,
    session: Session,
    order: Sequence[str] = (),
    only: str = "",
    tests: Sequence[str] = (),
    stop: bool = False,
    wrong: Collection[str] = (),
    keep_modules: bool = False,
) -> tuple[ExerciseResult, ...]:
    """The results by exercise of running the suite on a student's live notebook.

    `only` limits the run to one exercise, and `tests` to some of its tests. With `stop`, the tests
    after the first failure do not run. `wrong` names exercises that are known to be wrong without a
    test of this run. With `keep_modules`, the suite's modules stay imported for the next run, until
    `forget_modules`. Raises AutograderError if the suite cannot be used, and what this package
    raised outside of any test.
    """
    examiner = Examiner(session, order, wrong)
    options = ["--exitfirst"] if stop else []
    try:
        _run_pytest(folder, examiner, *options, only=only, tests=tests, keep_modules=keep_modules)
    except AutograderError:
        if examiner.crash is not None:  # the suite is not at fault
            raise examiner.crash from None
        raise
    return by_exercise(examiner.outcomes)


def by_exercise(outcomes: Sequence[tuple[HiddenTest, TestOutcome]]) -> tuple[ExerciseResult, ...]:
    """Outcomes grouped by exercise, in the order of each exercise's first test."""
    groups: dict[str, list[TestOutcome]] = {}
    for test, outcome in outcomes:
        groups.setdefault(test.exercise, []).append(outcome)
    bonus = {test.exercise for test, _ in outcomes if test.bonus}
    return tuple(
        ExerciseResult(name, tuple(found), name in bonus) for name, found in groups.items()
    )


def _run_pytest(
    folder: Path,
    plugin: Collector,
    *options: str,
    only: str = "",
    tests: Sequence[str] = (),
    keep_modules: bool = False,
) -> None:
    if not folder.is_dir():
        raise AutograderError(f"there are no hidden tests in {folder}: write them first")
    file = folder / f"test_{only}.py" if only else folder
    what = [f"{file}::{test}" for test in tests] or [str(file)]
    arguments = [*what, "-c", os.devnull, "--rootdir", str(folder), *options]
    arguments += ["--confcutdir", str(folder)]  # the package's own tests have a conftest.py above
    arguments += ["--capture=sys"]
    for name in UNUSED_PLUGINS:
        arguments += ["-p", f"no:{name}"]
    arguments += ["--strict-markers", "--import-mode=importlib"]
    arguments += ["-o", f"pythonpath={folder.parent}"]
    with _clean_process(folder, keep_modules):
        code = pytest.main(arguments, plugins=[plugin])
    done = code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if plugin.problems or not done:
        ending = ENDINGS.get(int(code), f"pytest ended with status {int(code)}")
        problem = plugin.problems[0] if plugin.problems else ending
        raise AutograderError(f"the hidden tests in {folder} cannot be used: {problem}")


def forget_modules(folder: Path) -> None:
    """Make the next run import the suite's modules, and those of the suites beside it, again."""
    _KEPT.discard(folder)
    suites = f"{folder.parent}{os.sep}"
    for name, module in list(sys.modules.items()):
        if (vars(module).get("__file__") or "").startswith(suites):
            del sys.modules[name]


@contextmanager
def _clean_process(folder: Path, keep_modules: bool) -> Iterator[None]:
    """Isolate a suite from the other suites that the same worker runs.

    The suites of different weeks, and copies of one suite, can have modules with the same name.
    """
    for suite in _KEPT - ({folder} if keep_modules else set()):
        forget_modules(suite)
    wrote_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    set_aside = {name: os.environ.pop(name, None) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # other installed plugins must not matter
    try:
        yield
    finally:
        sys.dont_write_bytecode = wrote_bytecode
        os.environ.pop("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
        os.environ.update({name: value for name, value in set_aside.items() if value is not None})
        if keep_modules:
            _KEPT.add(folder)
        else:
            forget_modules(folder)
