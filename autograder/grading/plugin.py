"""pytest plugins that collect hidden tests, provide `student`, and record outcomes."""

import inspect
import os
import re
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from autograder.grading.failures import KernelDied, StudentError, TimedOut
from autograder.grading.remote import RemoteNotebook
from autograder.grading.session import Session
from autograder.grading.symptoms import symptoms
from autograder.results import wording
from autograder.results.model import Outcome, TestOutcome

MAX_DETAIL = 10_000  # characters of a failed test's report, for the TA


@dataclass(frozen=True)
class HiddenTest:
    """A collected hidden test.

    `builds_on` names the exercises whose correct answers a second try runs, and `given_for` those
    whose results it takes from the suite. A test of `form` counts only beside one of values.
    """

    exercise: str
    name: str
    points: float
    hint: str
    bonus: bool = False
    builds_on: tuple[str, ...] = ()
    given_for: tuple[str, ...] = ()
    form: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """All exercises that the answer needs."""
        return self.builds_on + self.given_for

    def outcome(
        self,
        outcome: Outcome,
        remark: str = "",
        detail: str = "",
        seconds: float = 0.0,
        measures: Mapping[str, Any] = MappingProxyType({}),
        symptoms: tuple[str, ...] = (),
    ) -> TestOutcome:
        """The outcome of this test on one submission."""
        took = round(seconds, 3)
        found = dict(measures)
        return TestOutcome(
            self.name,
            self.points,
            outcome,
            self.hint,
            remark,
            detail,
            took,
            found,
            symptoms,
            self.form,
        )


@dataclass(frozen=True)
class Ending:
    """The outcome so far of a test that is running."""

    outcome: Outcome = Outcome.PASSED
    remark: str = ""
    detail: str = ""
    symptoms: tuple[str, ...] = ()


TEST = pytest.StashKey[HiddenTest]()
ENDING = pytest.StashKey[Ending]()
SYMPTOMS = pytest.StashKey[tuple[str, ...]]()


ADDRESS = re.compile(r" at 0x[0-9a-f]+\b")


class Collector:
    """Collects a suite's tests in order (`tests`), and the errors in the suite (`problems`)."""

    def __init__(self, order: Sequence[str] = ()):
        self.order = order
        self.tests: list[HiddenTest] = []
        self.problems: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the `points` marker."""
        config.addinivalue_line("markers", "points(n, form=False): a hidden test's worth")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record a collection error as a problem of the suite."""
        if report.failed:
            self.problems.append(f"{report.nodeid}{_not_collected(report.longreprtext)}")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort the tests by exercise, and read each test's points and hint."""
        items.sort(key=lambda item: _position(item, self.order))  # stable: keeps a file's order
        for item in items:
            item.stash[TEST] = self._hidden_test(item)
        self.tests = [item.stash[TEST] for item in items]
        if self.order:
            self._check_pieces()

    def _check_pieces(self) -> None:
        """An exercise's pieces have to be examined before it, or nobody knows which are wrong."""
        examined: set[str] = set()
        for test in self.tests:
            examined.add(test.exercise)
            if late := [piece for piece in test.pieces if piece not in examined]:
                self.problems.append(
                    f"test_{test.exercise}.py builds on {late[0]}, which has no tests, or comes "
                    "later in the notebook"
                )

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
        return HiddenTest(
            _exercise(item),
            item.name,
            worth,
            " ".join(hint.split()),
            bonus=bool(getattr(module, "BONUS", False)),
            builds_on=tuple(getattr(module, "BUILDS_ON", ())),
            given_for=tuple(getattr(module, "GIVEN_FOR", ())),
            form=bool(mark and mark.kwargs.get("form", False)),
        )


class Examiner(Collector):
    """Runs the tests on a session, and keeps an outcome for each test that ran."""

    def __init__(self, session: Session, order: Sequence[str] = (), wrong: Iterable[str] = ()):
        super().__init__(order)
        self.session = session
        self.wrong = set(wrong)  # exercises with a test that the answer itself did not pass
        self.outcomes: list[tuple[HiddenTest, TestOutcome]] = []
        self.exercise = ""
        self.ended_python: set[str] = set()  # exercises with a test that ended the kernel
        self.crash: BaseException | None = None  # an error of this package outside of any test

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep the error. pytest would only print it."""
        self.crash = excinfo.value

    @pytest.fixture(name="student")
    def _student(self) -> Iterator[RemoteNotebook]:
        if self.exercise in self.ended_python:
            raise KernelDied(wording.SKIPPED)
        yield self.session.student
        self.session.end_test()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Run one test and record its outcome. A new exercise starts a new time limit."""
        test = item.stash[TEST]
        if test.exercise != self.exercise:
            self.exercise = test.exercise
            self.session.begin_exercise(test.exercise, self._exercises_left(test))
        started = time.monotonic()
        item.stash[ENDING] = Ending()
        result = yield
        ending, seconds = item.stash[ENDING], time.monotonic() - started
        measures = dict(item.user_properties)
        outcome = test.outcome(
            ending.outcome, ending.remark, ending.detail, seconds, measures, ending.symptoms
        )
        self.outcomes.append((test, outcome))
        # A remark: it passed with correct pieces. Then it is no correct piece itself.
        if not outcome.passed or outcome.remark:
            self.wrong.add(test.exercise)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        """Run a failed test again where another cell may be to blame, so that it costs points once.

        Another cell is wrong, if a piece is wrong that the answer builds on, or gives a name that
        the answer needs another meaning. Otherwise a second training would be a second chance.
        """
        try:
            return (yield)
        except (TimedOut, KernelDied):
            raise
        except Exception as first:
            test = pyfuncitem.stash[TEST]
            given = getattr(pyfuncitem.module, "GIVEN", "")
            names = self._clean_names()
            if self.wrong.isdisjoint(test.pieces):
                test, given = replace(test, builds_on=(), given_for=()), ""
                if not names:
                    raise
            # The first try shows the mistake of another cell.
            pyfuncitem.stash[SYMPTOMS] = ()
            if not self._try_with_correct(test.builds_on, given):
                raise
            wanted = inspect.signature(pyfuncitem.obj).parameters
            try:
                pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
            except Exception as second:
                suite, info = (
                    pyfuncitem.config.rootpath,
                    pytest.ExceptionInfo.from_exception(second),
                )
                pyfuncitem.stash[SYMPTOMS] = symptoms(info, suite, self.session.got)
                raise first from None
            self.session.note_names(names)
            pyfuncitem.stash[ENDING] = Ending(remark=wording.passed_again(test.pieces, names))
            return True

    def _exercises_left(self, test: HiddenTest) -> int:
        """How many exercises are still to be examined, that of this test included."""
        after = self.tests[self.tests.index(test) :]
        return len({one.exercise for one in after})

    def _clean_names(self) -> list[str]:
        try:
            return self.session.clean_names(self.exercise)
        except StudentError:
            return []

    def _try_with_correct(self, pieces: Sequence[str], given: str) -> bool:
        try:
            return self.session.try_with_correct(self.exercise, pieces, given)
        except StudentError:
            return False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
        """Keep the outcome, remark and report of a test that raised an exception."""
        report = yield
        if call.excinfo is not None and item.stash[ENDING].outcome is Outcome.PASSED:
            error = call.excinfo.value
            text = portable(report.longreprtext, item.config.rootpath)[-MAX_DETAIL:]
            found = item.stash.get(SYMPTOMS, None)  # of a second try
            if found is None:
                found = symptoms(call.excinfo, item.config.rootpath, self.session.got)
            if isinstance(error, StudentError):
                item.stash[ENDING] = Ending(error.outcome, error.remark, text, found)
            else:
                item.stash[ENDING] = Ending(Outcome.FAILED, "", text, found)
            if isinstance(error, KernelDied):
                self.ended_python.add(self.exercise)
        return report


def portable(text: str, suite: Path) -> str:
    """A test's report as it would be on any machine: paths in the course, no memory addresses.

    pytest gives a path relative to the working directory if that is shorter.
    """
    name = "/".join(suite.parts[-3:])  # tests/hidden/WEEK
    places = {str(suite), os.path.relpath(suite)} - {os.curdir}
    here = re.compile(rf"(?<![\w./-])({'|'.join(map(re.escape, places))})/")
    return ADDRESS.sub("", here.sub(f"{name}/", text))


def _not_collected(report: str) -> str:
    """', line 3: SyntaxError: ...', from what pytest says of a file that it could not import."""
    raised = re.search(r"^E   (\S.*)$", report, re.MULTILINE)  # a syntax error's code is further in
    places = re.findall(
        r"(?:\.py:(\d+): in <module>|^E +File .*, line (\d+)$)", report, re.MULTILINE
    )
    where = "".join(f", line {max(numbers, key=len)}" for numbers in places[-1:])
    return f"{where}: {raised[1] if raised else report.splitlines()[-1]}"


def _exercise(item: pytest.Item) -> str:
    return item.path.stem.removeprefix("test_")


def _position(item: pytest.Item, order: Sequence[str]) -> tuple[int, str]:
    name = _exercise(item)
    return (order.index(name) if name in order else len(order), name)
