"""The time limits of the hidden tests' calls, and how long each exercise's tests took.

The rule: when an exercise begins, it may take an equal part of the time that is left,

    (time left of the submission) / (exercises left, this one included),

and no more than `Limits.exercise_seconds`. If one of its calls cannot be interrupted, its kernel is
ended, and the next exercise needs a new one, in which the notebook runs again. This is paid from
the part of the exercise that made it necessary: its calls may take its part without the time for
that, or at least half of its part.
"""

import time

from autograder.budget import Budget
from autograder.course import Limits
from autograder.grading.failures import TimedOut
from autograder.results import wording


class ExerciseTime:
    """The time of the exercise that is examined. The clock is this process's own."""

    def __init__(self, budget: Budget, limits: Limits):
        self.budget = budget
        self.limits = limits
        self.seconds: dict[str, float] = {}  # by exercise, without restarts
        self.ran_out = False  # whether a test was not tried because the submission's time was over
        self._ends = budget.ends
        self._running: tuple[str, float] | None = None  # an exercise, and when it began

    def begin(self, exercise: str, exercises_left: int, replacing_seconds: float) -> None:
        """Start the time of the next exercise.

        `exercises_left` counts it and those after it. `replacing_seconds` is what it
        takes to end a kernel that stalls and run the notebook in a new one.
        """
        self.stop()
        now = time.monotonic()
        part = self.budget.left / exercises_left
        calls = max(part - replacing_seconds, part / 2)
        self._ends = now + min(self.limits.exercise_seconds, calls)
        self._running = exercise, now

    def stop(self) -> None:
        """End the time of the exercise that is examined, if there is one."""
        if self._running is not None:
            exercise, began = self._running
            self.seconds[exercise] = self.seconds.get(exercise, 0.0) + time.monotonic() - began
        self._running = None

    def leave_out(self, seconds: float) -> None:
        """Do not count the time of a restart to the exercise's tests."""
        if self._running is not None:
            exercise, began = self._running
            self._running = exercise, began + seconds

    def check(self) -> None:
        """Raises TimedOut if the submission's time is over."""
        if not self.budget.left:
            self.ran_out = True
            raise TimedOut(wording.NO_TIME_FOR_TESTS)

    @property
    def left(self) -> float:
        """The seconds that the exercise's calls may still take; 0 after that."""
        return max(0.0, min(self._ends - time.monotonic(), self.budget.left))

    def for_call(self) -> float:
        """The seconds that the next call may take. Raises TimedOut if there are none."""
        self.check()
        if not self.left:
            raise TimedOut(wording.NO_TIME_LEFT)
        return min(self.limits.call_seconds, self.left)
