"""This process's temporary folder, and the removal of those that killed processes left behind."""

import atexit
import contextlib
import fcntl
import os
import tempfile
from functools import cache
from pathlib import Path

from autograder.files import remove

# A Unix socket's path has at most 108 bytes, so it is /tmp, whatever TMPDIR says.
PLACE = Path("/tmp")
PREFIX = "grader-"
LOCK = "lock"  # held by the process that the folder belongs to, for as long as it lives


@cache
def temporary_root() -> Path:
    """The folder of this process, which only its user can enter. It is removed at the end."""
    root = Path(tempfile.mkdtemp(prefix=PREFIX, dir=PLACE))
    new = root / "lock.new"
    lock = os.open(new, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    new.rename(root / LOCK)  # from now on, `remove_left_behind` looks at it
    atexit.register(remove, root)
    return root


def temporary_folder(purpose: str) -> Path:
    """A new folder in this process's folder. Its name starts with `purpose`."""
    return Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=temporary_root()))


def remove_left_behind() -> None:
    """Remove the temporary folders of processes that ended without removing them."""
    for lock in PLACE.glob(f"{PREFIX}*/{LOCK}"):
        with contextlib.suppress(OSError):  # another user's, held, or removed in the meantime
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(lock.parent)
            finally:
                os.close(descriptor)
