"""What goes wrong in a way that its reader can mend."""


class AutograderError(Exception):
    """One line that says what is wrong and what to do; the command prints it and exits with 1."""


class UsageError(AutograderError):
    """The command was called for something that does not exist; it exits with 2."""


class BadSubmission(AutograderError):
    """What was handed in cannot be run: it fails for this reason, and the class goes on."""
