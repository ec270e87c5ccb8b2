"""The temporary folders of a command and its worker processes, and those that were left behind.

A command has one folder in /tmp, and each of its workers has one in it. So removing the command's
folder removes them all, and what one process puts there the others can find.
"""

import atexit
import contextlib
import fcntl
import os
import tempfile
from pathlib import Path

from autograder.files import remove

# A Unix socket's path has at most 108 bytes, so it is /tmp, whatever TMPDIR says.
PLACE = Path("/tmp")
PREFIX = "grader-"
LOCK = "lock"  # held by the process that the folder belongs to, for as long as it lives


class _Roots:
    """The folders of this process, once it has any."""

    own: Path | None = None
    command: Path | None = None


def temporary_root() -> Path:
    """The folder of this process, which only its user can enter. It is removed at the end."""
    if _Roots.own is None:
        _Roots.own = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_Roots.command or PLACE))
        if _Roots.command is None:
            _Roots.command = _Roots.own
            _lock(_Roots.own)
            remove_left_behind()
        atexit.register(remove, _Roots.own)
    return _Roots.own


def command_root() -> Path:
    """The folder of the command that this process belongs to, which contains `temporary_root`."""
    return _Roots.command or temporary_root()


def belong_to(root: Path) -> None:
    """Make this process, a worker, use the folder `root` of its command."""
    _Roots.command = root


def temporary_folder(purpose: str) -> Path:
    """A new folder in this process's folder. Its name starts with `purpose`."""
    return Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=temporary_root()))


def remove_left_behind() -> None:
    """Remove the folders of commands that ended without removing them."""
    for lock in PLACE.glob(f"{PREFIX}*/{LOCK}"):
        with contextlib.suppress(OSError):  # another user's, held, or removed in the meantime
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(lock.parent)
            finally:
                os.close(descriptor)


def _lock(root: Path) -> None:
    new = root / f"{LOCK}.new"
    fcntl.flock(os.open(new, os.O_CREAT | os.O_RDWR, 0o600), fcntl.LOCK_EX)
    new.rename(root / LOCK)  # from now on, `remove_left_behind` looks at it
