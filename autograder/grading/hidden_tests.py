"""Runs a week's hidden tests with pytest, and turns what happened into results.

A suite is a folder of `test_EXERCISE.py` files, one an exercise. A test is a function that takes
the `student` fixture; `@points(2)` is what it is worth, and its docstring is the hint that its
student reads when it fails. What a test measures besides, it gives to `record_property`.

One mistake costs once. A file that says `BUILDS_ON = ("MLP", "train")` tests an exercise whose
correct code may call the student's own MLP and train: where its test fails, it is tried again with
the student's cell run on correct ones, and passes if that was all.
"""

import inspect
import os
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from autograder.errors import AutograderError
from autograder.grading.failures import KernelDied, StudentError, TimedOut
from autograder.grading.remote import Student
from autograder.results.model import ExerciseResult, Outcome, TestOutcome

points = pytest.mark.points
MAX_DETAIL = 10_000  # characters of what a TA reads of a failed test


@dataclass(frozen=True)
class HiddenTest:
    """A collected hidden test."""

    exercise: str
    name: str
    points: float
    hint: str
    bonus: bool = False
    builds_on: tuple[str, ...] = ()

    def outcome(
        self,
        outcome: Outcome,
        remark: str = "",
        detail: str = "",
        seconds: float = 0.0,
        measures: Mapping[str, Any] = MappingProxyType({}),
    ) -> TestOutcome:
        took = round(seconds, 3)
        return TestOutcome(
            self.name, self.points, outcome, self.hint, remark, detail, took, dict(measures)
        )


def collect(folder: Path, order: Sequence[str] = ()) -> list[HiddenTest]:
    """The suite's tests, exercises in the given order.

    Raises AutograderError for a suite that is not fit to grade by.
    """
    plugin = _Plugin(None, order)
    _pytest(folder, plugin, "--collect-only")
    return plugin.tests


def examine(
    folder: Path,
    student: Student,
    order: Sequence[str] = (),
    only: str = "",
    tests: Sequence[str] = (),
    stop: bool = False,
) -> tuple[ExerciseResult, ...]:
    """Run the suite, or the tests of `only` one exercise, on a student's live notebook.

    `tests` names some of that exercise's tests; `stop` leaves out those after the first to fail.
    """
    plugin = _Plugin(student, order)
    _pytest(folder, plugin, *(["--exitfirst"] if stop else []), only=only, tests=tests)
    return by_exercise(plugin.tests[: len(plugin.outcomes)], plugin.outcomes)


def by_exercise(
    tests: Sequence[HiddenTest], outcomes: Sequence[TestOutcome]
) -> tuple[ExerciseResult, ...]:
    """Outcomes grouped by their tests' exercises, in the order in which those first come."""
    groups: dict[str, list[TestOutcome]] = {}
    for test, outcome in zip(tests, outcomes, strict=True):
        groups.setdefault(test.exercise, []).append(outcome)
    bonus = {test.exercise for test in tests if test.bonus}
    return tuple(
        ExerciseResult(name, tuple(found), name in bonus) for name, found in groups.items()
    )


class _Plugin:
    """Provides `student`, and writes down how each test ended."""

    def __init__(self, student: Student | None, order: Sequence[str]):
        self.student = student
        self.order = order
        self.tests: list[HiddenTest] = []
        self.outcomes: list[TestOutcome] = []
        self.problems: list[str] = []
        self.exercise = ""
        self.dead: set[str] = set()

    @pytest.fixture(name="student")
    def _student(self, request: pytest.FixtureRequest) -> Iterator[Student]:
        assert self.student is not None
        if self.exercise in self.dead:
            raise KernelDied(
                "not tried: an earlier test of this exercise ended the notebook's Python"
            )
        yield self.student
        self.student.end_test()

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "points(n): what a hidden test is worth")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(f"{report.nodeid}: {report.longreprtext.splitlines()[-1]}")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: _place(item, self.order))  # stable: a file's own order stays
        self.tests = [self._hidden_test(item) for item in items]

    def _hidden_test(self, item: pytest.Item) -> HiddenTest:
        mark = item.get_closest_marker("points")
        hint = inspect.getdoc(getattr(item, "function", None)) or ""
        where = f"{item.path.name}::{item.name}"
        if mark is None or not mark.args or not mark.args[0] > 0:
            self.problems.append(f"{where} has no @points(n)")
        if not hint:
            self.problems.append(f"{where} has no docstring, so its student would get no hint")
        worth = float(mark.args[0]) if mark and mark.args else 0.0
        module = getattr(item, "module", None)
        bonus = bool(getattr(module, "BONUS", False))
        pieces = tuple(getattr(module, "BUILDS_ON", ()))
        return HiddenTest(_exercise(item), item.name, worth, " ".join(hint.split()), bonus, pieces)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        assert self.student is not None
        if _exercise(item) != self.exercise:
            self.exercise = _exercise(item)
            self.student.begin_exercise(self.exercise)
        self.started, self.failure = time.monotonic(), (Outcome.PASSED, "", "")
        result = yield
        test = self.tests[len(self.outcomes)]
        seconds = time.monotonic() - self.started
        self.outcomes.append(test.outcome(*self.failure, seconds, dict(item.user_properties)))
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        assert self.student is not None
        try:
            return (yield)
        except (TimedOut, KernelDied):
            raise
        except Exception as first:
            pieces = getattr(pyfuncitem.module, "BUILDS_ON", ())
            given = getattr(pyfuncitem.module, "GIVEN", "")
            if not pieces or not self._follow_through(pieces, given):
                raise
            try:
                pyfuncitem.obj(
                    **{n: pyfuncitem.funcargs[n] for n in pyfuncitem._fixtureinfo.argnames}
                )
            except Exception:
                raise first from None
            self.failure = (Outcome.PASSED, f"tried with correct {', '.join(pieces)}", "")
            return True

    def _follow_through(self, pieces: Sequence[str], given: str) -> bool:
        assert self.student is not None
        try:
            return self.student.follow_through(self.exercise, pieces, given)
        except StudentError:
            return False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
        report = yield
        if call.excinfo is not None and self.failure[0] is Outcome.PASSED:
            error = call.excinfo.value
            text = report.longreprtext[-MAX_DETAIL:]
            if isinstance(error, StudentError):
                self.failure = (error.outcome, error.remark, text)
            else:
                self.failure = (Outcome.FAILED, "", text)
            if isinstance(error, KernelDied):
                self.dead.add(self.exercise)
        return report


def _pytest(
    folder: Path, plugin: _Plugin, *options: str, only: str = "", tests: Sequence[str] = ()
) -> None:
    if not folder.is_dir():
        raise AutograderError(f"there are no hidden tests in {folder}: write them first")
    file = folder / f"test_{only}.py" if only else folder
    what = [f"{file}::{test}" for test in tests] or [str(file)]
    arguments = [*what, "-c", os.devnull, "--rootdir", str(folder), *options]
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


def _exercise(item: pytest.Item) -> str:
    return item.path.stem.removeprefix("test_")


def _place(item: pytest.Item, order: Sequence[str]) -> tuple[int, str]:
    name = _exercise(item)
    return (order.index(name) if name in order else len(order), name)
