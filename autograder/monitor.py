"""Watches one kernel's processes and folders, and ends it when it takes more than its share."""

import os
import signal
import threading
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Share:
    """What one kernel and its children may take together."""

    memory_bytes: int
    processes: int
    disk_bytes: int


class Monitor:
    """A thread that samples a process tree until it ends or `stop` is called.

    bubblewrap dies with all its namespace when its outer process is killed, so one signal to
    `pid` ends everything, a fork bomb included.
    """

    INTERVAL = 0.05  # seconds; short, because a fork bomb doubles in a few milliseconds
    DISK_EVERY = 10  # samples; walking a folder costs more than asking for memory

    def __init__(self, pid: int, share: Share, folders: tuple[Path, ...]):
        self.share = share
        self.folders = folders
        self.peak_memory_bytes = 0
        self.exceeded = ""
        self._root = psutil.Process(pid)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"monitor-{pid}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        sample = 0
        while not self._stopped.wait(self.INTERVAL):
            try:
                self.exceeded = self._excess(with_disk=sample % self.DISK_EVERY == 0)
            except psutil.NoSuchProcess:
                return
            if self.exceeded:
                _kill(self._root)
                return
            sample += 1

    def _excess(self, with_disk: bool) -> str:
        tree = [self._root, *self._root.children(recursive=True)]
        memory = sum(map(_memory, tree))
        self.peak_memory_bytes = max(self.peak_memory_bytes, memory)
        if memory > self.share.memory_bytes:
            return f"it used more than {_megabytes(self.share.memory_bytes)} of memory"
        if len(tree) > self.share.processes:
            return f"it started more than {self.share.processes} processes"
        if with_disk and sum(map(_disk, self.folders)) > self.share.disk_bytes:
            return f"it wrote more than {_megabytes(self.share.disk_bytes)} to disk"
        return ""


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _disk(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_blocks * 512
            except FileNotFoundError:  # gone since it was listed
                continue
    return total


def _kill(process: psutil.Process) -> None:
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"
