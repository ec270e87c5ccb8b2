"""Errors that the user can fix, each with a message of one line."""


class AutograderError(Exception):
    """One line that says what is wrong and what to do. The command prints it and exits with 1."""


class UsageError(AutograderError):
    """A wrong argument or option. The command exits with 2."""


class BadSubmission(AutograderError):
    """A submission that cannot be run. It fails with this reason, and the others are graded."""
