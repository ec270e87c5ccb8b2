"""What grading found out: frozen data, written as versioned JSON that other programs read."""

import dataclasses
import json
import os
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.course import Assignment
from autograder.errors import AutograderError

SCHEMA_VERSION = 1
FILE_NAME = "result.json"


class Outcome(StrEnum):
    """How one hidden test ended."""

    PASSED = "passed"
    FAILED = "failed"
    MISSING = "missing"
    RAISED = "raised"
    TIMEOUT = "timeout"
    KERNEL_DIED = "kernel_died"
    UNSERIALIZABLE = "unserializable"


class Status(StrEnum):
    """Whether a submission could be run at all."""

    GRADED = "graded"
    FAILED = "failed"


@dataclass(frozen=True)
class TestOutcome:
    """One hidden test of one submission.

    `hint` is for the student: the test's docstring. `remark` too: what happened, in words that
    hold no hidden input and no expected value. `detail` is for the TA alone and may hold both.
    `measures` is what the test measured, by name, for a leaderboard.
    """

    __test__ = False  # not a test class, whatever pytest thinks of the name

    name: str
    points: float
    outcome: Outcome
    hint: str
    remark: str
    detail: str
    seconds: float
    measures: dict[str, float | str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise's hidden tests; its score is the sum of the points of those that passed.

    A bonus adds to a submission's score and not to what could be reached.
    """

    name: str
    tests: tuple[TestOutcome, ...]
    bonus: bool = False

    @property
    def score(self) -> float:
        return sum((test.points for test in self.tests if test.passed), 0.0)

    @property
    def max_score(self) -> float:
        return sum((test.points for test in self.tests), 0.0)


@dataclass(frozen=True)
class FailedCell:
    """A code cell that raised, was stopped at a limit, or never ran; index is from 0."""

    index: int
    reason: str


@dataclass(frozen=True)
class SubmissionResult:
    """One student's automatic result on one assignment."""

    student: str
    assignment: str
    status: Status
    key: str
    device: str
    sandboxed: bool
    seconds: float
    peak_memory_bytes: int
    exercises: tuple[ExerciseResult, ...]
    reason: str = ""
    restored: tuple[str, ...] = ()
    failed_cells: tuple[FailedCell, ...] = ()

    @property
    def score(self) -> float:
        return sum((exercise.score for exercise in self.exercises), 0.0)

    @property
    def max_score(self) -> float:
        return sum((e.max_score for e in self.exercises if not e.bonus), 0.0)

    @property
    def bonus(self) -> float:
        """What could be reached beyond `max_score`."""
        return sum((e.max_score for e in self.exercises if e.bonus), 0.0)

    @property
    def measures(self) -> dict[str, float | str]:
        """What its hidden tests measured, by name."""
        tests = (test for exercise in self.exercises for test in exercise.tests)
        return {name: value for test in tests for name, value in test.measures.items()}

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        for part in dataclasses.fields(self):
            data[part.name] = getattr(self, part.name)
        data["failed_cells"] = [dataclasses.asdict(cell) for cell in self.failed_cells]
        data["score"], data["max_score"] = self.score, self.max_score
        data["exercises"] = [
            {
                "name": exercise.name,
                "score": exercise.score,
                "max_score": exercise.max_score,
                "tests": [dataclasses.asdict(test) for test in exercise.tests],
                **({"bonus": True} if exercise.bonus else {}),
            }
            for exercise in self.exercises
        ]
        if self.status is Status.GRADED:
            del data["reason"]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "SubmissionResult":
        """Raises KeyError, TypeError or ValueError for what `to_json` did not write."""
        if data["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"schema version {data['schema_version']}")
        exercises = tuple(
            ExerciseResult(
                exercise["name"],
                tuple(
                    TestOutcome(**{**test, "outcome": Outcome(test["outcome"])})
                    for test in exercise["tests"]
                ),
                exercise.get("bonus", False),
            )
            for exercise in data["exercises"]
        )
        names = {part.name for part in dataclasses.fields(cls)}
        kept = {name: value for name, value in data.items() if name in names}
        kept |= {
            "status": Status(data["status"]),
            "exercises": exercises,
            "restored": tuple(data["restored"]),
            "failed_cells": tuple(FailedCell(**cell) for cell in data["failed_cells"]),
        }
        return cls(**kept)


def write_result(result: SubmissionResult, folder: Path) -> Path:
    """Write result.json into the folder, whole or not at all."""
    text = json.dumps(result.to_json(), indent=1, ensure_ascii=False) + "\n"
    return write_atomically(folder / FILE_NAME, text)


def read_result(folder: Path) -> SubmissionResult | None:
    """The folder's result, or None where there is none.

    Raises AutograderError for a file that is there and cannot be read as a result.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return None
    try:
        return SubmissionResult.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise AutograderError(
            f"{path} is not a result of this version ({error}): move it away and grade again"
        ) from error


def class_results(assignment: Assignment) -> list[SubmissionResult]:
    """The results of all who handed in and were graded, by student."""
    found = (read_result(assignment.autograded(student)) for student in assignment.students())
    return [result for result in found if result is not None]


def write_atomically(path: Path, text: str) -> Path:
    """Write a text file by way of a temporary one, so that no reader ever meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
