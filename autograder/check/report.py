"""What a check of a notebook reports: a state and a message for each exercise."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

SCHEMA_VERSION = 1


class State(StrEnum):
    """How an exercise stands."""

    PASSED = "passed"
    WRITTEN = "written"
    UNWRITTEN = "unwritten"
    FAILED = "failed"
    TIMEOUT = "timeout"
    NOT_RUN = "not_run"

    @property
    def is_done(self) -> bool:
        """Whether the student has nothing left to do that the checks can see."""
        return self in (State.PASSED, State.WRITTEN)


@dataclass(frozen=True)
class ExerciseCheck:
    """One exercise: its points, its state, and a message for the student.

    `written` is true for an answer in words, which needs manual grading. A `bonus` is optional.
    """

    exercise: str
    points: float
    state: State
    message: str
    written: bool = False
    bonus: bool = False


@dataclass(frozen=True)
class CheckReport:
    """A whole notebook. Each of `remarks` is a line about the notebook itself."""

    notebook: str
    exercises: tuple[ExerciseCheck, ...]
    remarks: tuple[str, ...]
    seconds: float

    @property
    def is_done(self) -> bool:
        """Whether every exercise is written and every check passes, except for a bonus."""
        return all(exercise.state.is_done for exercise in self.exercises if not exercise.bonus)

    @property
    def points(self) -> float:
        """The points of the exercises in code whose checks pass."""
        return sum((e.points for e in self.exercises if e.state is State.PASSED), 0.0)

    @property
    def max_points(self) -> float:
        """The points of all exercises in code, without a bonus."""
        return sum((e.points for e in self.exercises if not (e.written or e.bonus)), 0.0)

    @property
    def written_points(self) -> float:
        """The points of the written answers that hold words; they need manual grading."""
        return sum((e.points for e in self.exercises if e.written and e.state.is_done), 0.0)

    @property
    def open_points(self) -> float:
        """The points of what is left to do, without a bonus."""
        return sum((e.points for e in self.exercises if not (e.state.is_done or e.bonus)), 0.0)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "notebook": self.notebook,
            "points": self.points,
            "max_points": self.max_points,
            "seconds": self.seconds,
            "remarks": list(self.remarks),
            "exercises": [asdict(exercise) for exercise in self.exercises],
        }
