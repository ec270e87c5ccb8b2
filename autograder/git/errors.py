"""What goes wrong with a student's repository."""


class RepositoryError(Exception):
    """Why a repository cannot be used, in one line for a TA; `empty` if nothing was pushed yet."""

    def __init__(self, reason: str, empty: bool = False):
        super().__init__(reason)
        self.empty = empty


class TooLarge(RepositoryError):
    """A file is larger than the limit."""


class DiskFull(RepositoryError):
    """A repository takes more disk space than it may."""


class GitError(Exception):
    """git exited with an error; the message is what it wrote to stderr."""


class HistoryRewritten(Exception):
    """The branch no longer contains the commit that an earlier fetch took from it."""
