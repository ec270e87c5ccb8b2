"""Safe file access: atomic writes, and untrusted folders without recursion or links."""

import glob
import hashlib
import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MAX_DEPTH = 50
MODULE_ENDINGS = (".py", ".pyc", ".so")


class TooDeep(ValueError):
    """Folders are nested deeper than the limit."""


class File(NamedTuple):
    """A plain file: its path, its path relative to the walked folder, and its size in bytes."""

    path: Path
    below: str
    size: int


def plain_files(folder: Path, max_depth: int = MAX_DEPTH) -> Iterator[File]:
    """The plain files below a folder, sorted within each folder. Skips links and devices.

    Raises TooDeep if folders are nested deeper than `max_depth`.
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


def is_clutter(path: str) -> bool:
    """Whether an operating system or an editor added a file: `.DS_Store`, `__MACOSX/._x.ipynb`."""
    return any(part.startswith((".", "__MACOSX")) for part in path.split("/"))


def read_plain(folder: Path, below: str, limit: int) -> bytes | None:
    """The content of a plain file, or None if there is no such file. Follows no links.

    Raises ValueError if the file is larger than `limit` bytes.
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
    """The bytes on disk of all entries below a folder. Each entry counts as at least one block.

    Stops counting above `enough` bytes. Uses file descriptors, so it handles folders of any depth.
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
                        except OSError:  # removed or made unreadable since it was listed
                            continue
            finally:
                os.close(here)
    finally:
        for descriptor in waiting:
            os.close(descriptor)
    return total


def importable_names(folder: Path) -> frozenset[str]:
    """The names that an import finds in a folder: its Python files and its folders."""
    return frozenset(
        entry.name.partition(".")[0]
        for entry in os.scandir(folder)
        if entry.name.endswith(MODULE_ENDINGS) or entry.is_dir(follow_symlinks=False)
    )


def remove(folder: Path) -> None:
    """Remove a folder of any depth. Files that cannot be removed are left to the system."""
    subprocess.run(["rm", "-rf", "--", str(folder)], capture_output=True, check=False)


def write_atomically(path: Path, text: str) -> Path:
    """Write a text file through a temporary file, so that no reader sees half of it.

    It is on the disk on return: what is written after it cannot survive a power failure without it.
    Of several commands, one at a time may write a file: this removes what a killed one left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{glob.escape(path.name)}????????.part"):
        left.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk. On Windows, which cannot, do nothing."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename_durably(new: Path, final: Path) -> None:
    """Rename a folder that holds only plain files, after the files' content is on the disk."""
    for path in new.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(new)
    new.rename(final)
    sync_folder(final.parent)


def read_or_none(path: Path) -> bytes | None:
    """A file's content, or None if there is no such file."""
    return path.read_bytes() if path.is_file() else None


def sha256_of(path: Path) -> str:
    """The SHA-256 digest of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
