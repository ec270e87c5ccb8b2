"""Locks between commands. The system gives up the lock of a process that is killed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import AutograderError


@contextmanager
def held(lock: Path, otherwise: str) -> Iterator[None]:
    """Hold a lock, which is a file, for a `with` block.

    Raises AutograderError, which begins with `otherwise`, if another process holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AutograderError(f"{otherwise}: wait until it is done, or stop it") from None
        yield
    finally:
        os.close(descriptor)
