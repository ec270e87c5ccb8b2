"""Folders that someone else filled: walked, measured and removed without recursion or links."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MAX_DEPTH = 50


class TooDeep(ValueError):
    """Folders within folders, more of them than anyone makes by hand."""


class File(NamedTuple):
    """A plain file: its path, and that path below the folder that was walked."""

    path: Path
    below: str
    size: int


def plain_files(folder: Path, max_depth: int = MAX_DEPTH) -> Iterator[File]:
    """The plain files below a folder, sorted within each folder; links and devices are passed over.

    Raises TooDeep for folders nested deeper than `max_depth`.
    """
    waiting = [("", 0)]
    while waiting:
        below, depth = waiting.pop()
        if depth > max_depth:
            raise TooDeep(f"folders nested deeper than {max_depth}")
        for entry in sorted(os.scandir(folder / below), key=lambda e: e.name):
            name = os.path.join(below, entry.name)
            if entry.is_dir(follow_symlinks=False):
                waiting.append((name, depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield File(folder / name, name, entry.stat(follow_symlinks=False).st_size)


def read_plain(folder: Path, below: str, limit: int) -> bytes | None:
    """A plain file's content, by way of no link; None where there is none.

    Raises ValueError for one larger than `limit` bytes.
    """
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in below.split("/"):
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            inner = os.open(part, flags, dir_fd=here)
            os.close(here)
            here = inner
        status = os.fstat(here)
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > limit:
            raise ValueError(f"larger than {limit / 2**20:.0f} MB")
        with os.fdopen(os.dup(here), "rb") as file:
            return file.read(limit)
    except OSError:
        return None
    finally:
        os.close(here)


def disk_bytes(folder: Path, enough: int) -> int:
    """The space that everything below a folder takes, an entry at least a block.

    Stops counting beyond `enough`. Works on file descriptors, so that no depth is too deep for it.
    """
    total = 0
    waiting = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY)]
    try:
        while waiting and total <= enough:
            here = waiting.pop()
            try:
                with os.scandir(here) as entries:
                    for entry in entries:
                        total += 4096
                        try:
                            if entry.is_dir(follow_symlinks=False):
                                flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                                if len(waiting) < 200:
                                    waiting.append(os.open(entry.name, flags, dir_fd=here))
                            else:
                                total += entry.stat(follow_symlinks=False).st_blocks * 512
                        except OSError:  # gone, or closed to us, since it was listed
                            continue
            finally:
                os.close(here)
    finally:
        for descriptor in waiting:
            os.close(descriptor)
    return total


def remove(folder: Path) -> None:
    """Remove a folder of any depth; what cannot be removed is left for the system to clean."""
    subprocess.run(["rm", "-rf", "--", str(folder)], capture_output=True, check=False)
