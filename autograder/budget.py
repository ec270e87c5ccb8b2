"""How long one submission may take in all, by the grader's own clock.

A budget starts when the grading of a submission starts. Whatever starts a kernel or a script for
the submission has the budget in its launcher. Each wait ends with the budget, and the monitor of
each kernel and script ends its sandbox then, so that a wait without a limit ends too. Student code
runs in other processes and cannot change the clock.
"""

import math
import time
from dataclasses import dataclass

from autograder.course import Limits

# Of the whole time, and in seconds: to end kernels, remove folders, and write the notebook.
CLOSING, LEAST_CLOSING = 1 / 15, 2.0


@dataclass(frozen=True)
class Budget:
    """Times of `time.monotonic()`: when the submission started, when its notebook must have run,
    and when its last kernel must have ended."""

    started: float
    notebook_ends: float
    ends: float

    @classmethod
    def start(cls, limits: Limits) -> "Budget":
        """The budget of a submission that starts now."""
        now = time.monotonic()
        closing = max(LEAST_CLOSING, CLOSING * limits.total_seconds)
        kernels = limits.total_seconds - closing
        return cls(now, now + min(limits.notebook_seconds, kernels), now + kernels)

    @property
    def left(self) -> float:
        """The seconds until the last kernel must have ended; 0 after that."""
        return max(0.0, self.ends - time.monotonic())

    def within(self, seconds: float) -> float:
        """How long a wait of at most `seconds` may take."""
        return min(seconds, self.left)

    def run_ends(self, limits: Limits) -> float:
        """When a run of the notebook that starts now must have ended.

        The first run may take the notebook's limit. A run that starts late, because a cell or a
        test ended the kernel, may take half of the time that is left: the rest is for the tests.
        """
        now = time.monotonic()
        late = now + self.left / 2
        return min(now + limits.notebook_seconds, max(self.notebook_ends, late))


# For the course's own code, and for an audit, which examines many answers in one kernel.
UNLIMITED = Budget(0.0, math.inf, math.inf)
