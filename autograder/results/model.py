"""The result of grading one submission: frozen data, validated by pydantic.

`store` writes it as JSON, in the form that `result.schema.json` publishes. A change to that form
raises SCHEMA_VERSION, and `version1` shows how an older form is read.
"""

from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum
from typing import Literal

from pydantic import computed_field
from pydantic.dataclasses import dataclass

from autograder import __version__
from autograder.notebook.failure import CellFailure, FailureCause

SCHEMA_VERSION = 5


class Outcome(StrEnum):
    """How one hidden test ended."""

    PASSED = "passed"
    FAILED = "failed"
    MISSING = "missing"  # the notebook does not define what is tested
    UNWRITTEN = "unwritten"  # the exercise, or one that it calls, still holds its stub
    SYNTAX_ERROR = "syntax_error"  # Python cannot read the exercise's cell
    RAISED = "raised"
    TIMEOUT = "timeout"
    KERNEL_DIED = "kernel_died"
    UNSERIALIZABLE = "unserializable"

    @property
    def is_attempt(self) -> bool:
        """Whether there was an answer to test."""
        return self not in (Outcome.MISSING, Outcome.UNWRITTEN)


class Status(StrEnum):
    """Whether a submission could be run at all."""

    GRADED = "graded"
    FAILED = "failed"


@dataclass(frozen=True)
class TestOutcome:
    """One hidden test of one submission.

    `hint` is for the student: the test's docstring. So is `remark`: what happened, in words that
    hold no hidden input and no expected value. `detail` is for the TA alone and may hold both.
    `measures` is what the test measured, by name, for a leaderboard. `symptoms` say how the answer
    failed, for the search of its cause. They are for the TA alone, as `detail` is. A test of `form`
    can be passed with wrong values: it looks at shapes and types.
    """

    __test__ = False  # pytest would take it for a test class

    name: str
    points: float
    outcome: Outcome
    hint: str
    remark: str
    detail: str
    seconds: float
    measures: dict[str, float | str] = field(default_factory=dict)
    symptoms: tuple[str, ...] = ()
    form: bool = False

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise's hidden tests; its score is the sum of the points of those that passed.

    Tests of form count only beside another test that passed: an answer of the right shape with
    wrong values earns nothing. `mistake` is a sentence for the student: the likeliest cause of the
    failures, or ''.
    """

    name: str
    tests: tuple[TestOutcome, ...]
    bonus: bool = False
    mistake: str = ""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def score(self) -> float:
        return sum((test.points for test in self.tests if self.counts(test)), 0.0)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def max_score(self) -> float:
        return sum((test.points for test in self.tests), 0.0)

    def counts(self, test: TestOutcome) -> bool:
        """Whether a test of this exercise adds its points to the score."""
        by_values = any(other.passed and not other.form for other in self.tests)
        return test.passed and (by_values or not test.form)

    @property
    def is_unwritten(self) -> bool:
        """Whether nothing was written for this exercise."""
        return all(test.outcome is Outcome.UNWRITTEN for test in self.tests)

    @property
    def is_attempted(self) -> bool:
        """Whether there was an answer to test."""
        return any(test.outcome.is_attempt for test in self.tests)


@dataclass(frozen=True)
class FailedCell:
    """A code cell that did not complete; `index` is from 0."""

    index: int
    failure: CellFailure


@dataclass(frozen=True)
class Times:
    """How the time of a submission was spent, in seconds.

    `start` is the start of its first kernel, `cells` the notebook's cells in it, and `restarts`
    every later kernel, with the cells that ran again in it. `tests` is the hidden tests by
    exercise, without restarts. What is left of the submission's `seconds` is for reading and
    writing. `limit` is how long a submission may take in all, and `ran_out` says that tests were
    not tried because of it. A result of an earlier version has no times.
    """

    start: float = 0.0
    cells: float = 0.0
    restarts: float = 0.0
    tests: dict[str, float] = field(default_factory=dict)
    limit: float = 0.0
    ran_out: bool = False


@dataclass(frozen=True)
class SubmissionResult:
    """One student's automatic result on one assignment.

    A bonus adds to `score` and not to `max_score`. `restored` lists changes to the course's own
    cells before the notebook ran, and `notes` what else student and TA should know. `fingerprint`
    identifies everything that decided the result; it is '' where the grader itself failed.
    `version` is the autograder's.
    """

    student: str
    assignment: str
    status: Status
    fingerprint: str
    device: str
    sandboxed: bool
    seconds: float
    peak_memory_bytes: int
    exercises: tuple[ExerciseResult, ...]
    reason: str = ""
    restored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failed_cells: tuple[FailedCell, ...] = ()
    times: Times = Times()
    version: str = __version__
    schema_version: Literal[5] = 5

    @computed_field  # type: ignore[prop-decorator]
    @property
    def score(self) -> float:
        """All points, those of a bonus included."""
        return sum((exercise.score for exercise in self.exercises), 0.0)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def max_score(self) -> float:
        """The points of all exercises without a bonus."""
        return reachable(self.exercises)

    @property
    def bonus(self) -> float:
        """What can be reached beyond `max_score`."""
        return sum((e.max_score for e in self.exercises if e.bonus), 0.0)

    @property
    def bonus_score(self) -> float:
        """The points of the score that come from a bonus."""
        return sum((e.score for e in self.exercises if e.bonus), 0.0)

    @property
    def is_attempted(self) -> bool:
        """Whether any exercise has an answer to test."""
        return any(exercise.is_attempted for exercise in self.exercises)

    @property
    def stopped_cells(self) -> tuple[CellFailure, ...]:
        """The failures of cells that were stopped, those that ended Python last."""
        stopped = [cell.failure for cell in self.failed_cells if cell.failure.cause.was_stopped]
        ended = FailureCause.ENDED_PYTHON
        return tuple(sorted(stopped, key=lambda failure: failure.cause is ended))

    @property
    def slow_exercises(self) -> tuple[str, ...]:
        """The exercises with a test that was stopped at a limit of time."""
        return tuple(
            exercise.name
            for exercise in self.exercises
            if any(test.outcome is Outcome.TIMEOUT for test in exercise.tests)
        )

    @property
    def measures(self) -> dict[str, float | str]:
        """What its hidden tests measured, by name."""
        tests = (test for exercise in self.exercises for test in exercise.tests)
        return {name: value for test in tests for name, value in test.measures.items()}


def reachable(exercises: Sequence[ExerciseResult]) -> float:
    """The highest score without a bonus."""
    return sum((exercise.max_score for exercise in exercises if not exercise.bonus), 0.0)
