"""Ends a notebook's Python that uses more memory than grading allows, as grading does."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from autograder.processes import descendants, proportional, resident, too_much_memory

INTERVAL = 0.1  # seconds between two measurements
NVIDIA = Path("/dev/nvidiactl")  # a GPU's driver reserves far more memory than it uses


def limited(command: list[str], limit: int) -> list[str]:
    """The command with a limit of `limit` bytes for each process, on Linux without a GPU.

    An allocation beyond the limit raises MemoryError there.
    """
    if NVIDIA.exists() or not shutil.which("prlimit"):
        return command
    return ["prlimit", f"--data={limit}", "--", *command]


class MemoryWatch:
    """Measures a kernel's processes together, from a thread; `exceeded` says why it killed them."""

    def __init__(self, limit: int):
        self.exceeded = ""
        self._limit = limit
        self._stopped = threading.Event()

    @contextmanager
    def watching(self, pid: int) -> Iterator[None]:
        """Watch the kernel with this process id until the block ends."""
        thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join()

    def _watch(self, pid: int) -> None:
        try:
            kernel = psutil.Process(pid)
            while not self._stopped.wait(INTERVAL):
                tree = [kernel, *descendants(kernel)]
                if self._is_exceeded(tree):
                    self.exceeded = too_much_memory(self._limit)
                    for process in tree:
                        with suppress(psutil.NoSuchProcess):
                            process.kill()
                    return
        except psutil.NoSuchProcess:  # the kernel has ended
            return

    def _is_exceeded(self, tree: list[psutil.Process]) -> bool:
        """Memory that processes share counts once; measuring this takes longer."""
        return sum(map(resident, tree)) > self._limit < sum(map(proportional, tree))
