"""Watches the processes, folders and time of one kernel or script, and ends it above its limits."""

import math
import os
import signal
import stat
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.files import disk_bytes
from autograder.processes import (
    descendants,
    megabytes,
    proportional,
    resident,
    too_much_memory,
)

THREADS_PER_PROCESS = 8
OUT_OF_TIME = "grading the notebook took too long in all"


@dataclass(frozen=True)
class Share:
    """The limits for one process and its children together, and when they must have ended."""

    memory_bytes: int
    processes: int
    disk_bytes: int
    ends: float = math.inf  # of time.monotonic()


class Monitor:
    """A thread that samples a process tree until it ends or `stop` is called.

    If bubblewrap's outer process is killed, its whole namespace ends. So one signal to `pid` ends
    everything, including a fork bomb.
    """

    INTERVAL = 0.05  # seconds; short, because a fork bomb doubles in a few milliseconds
    DISK_EVERY = 10  # samples; walking a folder costs more than reading memory use

    def __init__(self, pid: int, share: Share, folders: tuple[Path, ...], forked: bool = False):
        """Start the thread.

        A session that was `forked` from a template has two processes that a cold start does not
        have, its keeper `pid` and the sandbox's holder. They do not count.
        """
        self.share = share
        self._forked = forked
        self.folders = folders
        self.peak_memory_bytes = 0
        self.exceeded = ""
        self._root = psutil.Process(pid)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"monitor-{pid}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; the process goes on."""
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        sample = 0
        while not self._stopped.wait(self.INTERVAL):
            try:
                self.exceeded = self._excess(with_disk=sample % self.DISK_EVERY == 0)
            except psutil.NoSuchProcess:
                return
            except Exception as error:  # a process that cannot be watched must not run
                self.exceeded = f"it could not be watched ({type(error).__name__})"
            if self.exceeded:
                _kill(self._root)
                return
            sample += 1

    def _excess(self, with_disk: bool) -> str:
        if time.monotonic() > self.share.ends:
            return OUT_OF_TIME
        tree = self._tree()
        if excess := self._too_many(tree):
            return excess
        unlinked, in_memory = _unlinked(tree)
        memory = sum(map(resident, tree)) + in_memory
        if memory > self.share.memory_bytes:  # then it is worth the time to measure exactly
            memory = in_memory
            for process in tree:
                memory += proportional(process)
                if excess := self._too_many(self._tree()):  # a fork bomb slows the measurement
                    return excess
        self.peak_memory_bytes = max(self.peak_memory_bytes, memory)
        if memory > self.share.memory_bytes:
            return too_much_memory(self.share.memory_bytes)
        limit = self.share.disk_bytes
        if with_disk and sum(disk_bytes(f, limit) for f in self.folders) + unlinked > limit:
            return f"it wrote more than {megabytes(self.share.disk_bytes)} to disk"
        return ""

    def _tree(self) -> list[psutil.Process]:
        """The session's processes, without its keeper."""
        children = descendants(self._root)
        return children if self._forked else [self._root, *children]

    def _too_many(self, tree: list[psutil.Process]) -> str:
        if len(tree) - self._forked > self.share.processes:
            return f"it started more than {self.share.processes} processes"
        if sum(map(_threads, tree)) > self.share.processes * THREADS_PER_PROCESS:
            return f"it started more than {self.share.processes * THREADS_PER_PROCESS} threads"
        return ""


def _threads(process: psutil.Process) -> int:
    try:
        return int(process.num_threads())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _unlinked(tree: list[psutil.Process]) -> tuple[int, int]:
    """The bytes of open files that no folder lists: (removed files on disk, files in memory)."""
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    for process in tree:
        folder = f"/proc/{process.pid}/fd"
        try:
            for name in os.listdir(folder):
                status = os.stat(f"{folder}/{name}")
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                    in_memory = os.readlink(f"{folder}/{name}").startswith("/memfd:")
                    found[status.st_dev, status.st_ino] = (status.st_blocks * 512, in_memory)
        except OSError:  # closed, or the process has ended
            continue
    return (
        sum(size for size, in_memory in found.values() if not in_memory),
        sum(size for size, in_memory in found.values() if in_memory),
    )


def _kill(process: psutil.Process) -> None:
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return
