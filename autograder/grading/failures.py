"""Why no answer came from the student's notebook: an exception for each way.

The `remark` is for the student and holds nothing that a hidden test sent; the message is for the TA
and may.
"""

from collections.abc import Sequence

from autograder.results.model import Outcome

UNWRITTEN = "not written yet"


class StudentError(Exception):
    """No answer from the student's notebook."""

    outcome: Outcome

    def __init__(self, remark: str, detail: str = ""):
        super().__init__(detail or remark)
        self.remark = remark


class MissingName(StudentError):
    """The notebook defines no such name."""

    outcome = Outcome.MISSING


class Raised(StudentError):
    """The student's code raised; `types` are its classes' names, from its own to its bases."""

    outcome = Outcome.RAISED

    def __init__(self, remark: str, detail: str, types: Sequence[str]):
        super().__init__(remark, detail)
        self.types = tuple(types)


class TimedOut(StudentError):
    """The student's code took longer than a call, or an exercise, may."""

    outcome = Outcome.TIMEOUT


class KernelDied(StudentError):
    """The student's code ended its own Python."""

    outcome = Outcome.KERNEL_DIED


class Unserializable(StudentError):
    """What came back is no plain data where plain data is needed."""

    outcome = Outcome.UNSERIALIZABLE
