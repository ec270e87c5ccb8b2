"""Errors that the user can fix, each with a message of one line."""

from autograder.text import one_line


class AutograderError(Exception):
    """One line that says what is wrong and what to do. The command prints it and exits with 1.

    It may quote a file that somebody else wrote: what would break the line is replaced.
    """

    def __init__(self, message: str = ""):
        super().__init__(one_line(message))


class UsageError(AutograderError):
    """A wrong argument or option. The command exits with 2."""


class BadSubmission(AutograderError):
    """A submission that cannot be run. It fails with this reason, and the others are graded."""
