"""How long each cell of a notebook may run, by this process's own clock."""

import time

from nbformat import NotebookNode

from autograder.course import Limits
from autograder.notebook.failure import FailureCause, recorded_failure

SHORTEST = 0.1  # seconds that a cell gets, if it gets any
QUARTER = 1 / 4  # of the time that is left


class CellTime:
    """The time of one run of a notebook.

    A cell may take its own limit, and no more than what is left of the notebook's. Once a cell was
    stopped at its limit, in this run or an earlier one, each cell may take at most a quarter of
    what is left. So any number of cells that never end leave time for those after them.
    """

    def __init__(self, notebook: NotebookNode, limits: Limits, ends: float | None = None):
        """`ends` is the time of `time.monotonic()` when the run must have ended, by default after
        the notebook's limit."""
        self._limits = limits
        self._ends = time.monotonic() + limits.notebook_seconds if ends is None else ends
        failures = map(recorded_failure, notebook.cells)
        self._stopped = any(f is not None and f.cause is FailureCause.TIMEOUT for f in failures)

    @property
    def left(self) -> float:
        """The seconds until the run must have ended; 0 after that."""
        return max(0.0, self._ends - time.monotonic())

    def for_cell(self) -> float:
        """The seconds that the next cell may take."""
        share = QUARTER * self.left if self._stopped else self.left
        return max(SHORTEST, min(self._limits.cell_seconds, share))

    def for_question(self, most: float) -> float:
        """The seconds, at most `most`, that the kernel has for an answer between two cells."""
        return max(SHORTEST, min(self._limits.cell_seconds, QUARTER * self.left, most))

    def for_output(self, most: float) -> float:
        """The seconds, at most `most`, to wait for the output of a cell that has ended.

        An earlier cell's messages can come first, so this may be longer than the cell's own limit.
        """
        return max(SHORTEST, min(QUARTER * self.left, most))

    def shown(self, allowed: float) -> str:
        """'60 s', or '6 s, its part of ...' for a cell that got less than its own limit."""
        if allowed > self._limits.cell_seconds - 0.5:
            return f"{allowed:.0f} s"
        whole = f"{self._limits.notebook_seconds:.0f} s"
        return f"{allowed:.0f} s, its part of what was left of the notebook's {whole}"

    def note_stop(self) -> None:
        """A cell was stopped at its limit of time."""
        self._stopped = True
