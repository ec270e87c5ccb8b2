"""The processes of one notebook: which they are, and how much memory they use."""

import contextlib
import os
from pathlib import Path

import psutil


def descendants(root: psutil.Process) -> list[psutil.Process]:
    """A process's children, and theirs. Raises psutil.NoSuchProcess if the process has ended.

    On Linux it reads the children's own entries in /proc, and not, as psutil does, those of all
    processes of the machine.
    """
    found: list[psutil.Process] = []
    waiting = [root.pid]
    while waiting:
        pid = waiting.pop()
        try:
            threads = os.listdir(f"/proc/{pid}/task")
        except FileNotFoundError:
            if not Path("/proc/self/task").exists():  # macOS, Windows
                return list(root.children(recursive=True))
            if pid == root.pid:
                raise psutil.NoSuchProcess(pid) from None
            continue
        for thread in threads:
            try:
                with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                    children = [int(child) for child in file.read().split()]
            except FileNotFoundError:
                if not os.path.exists(f"/proc/{pid}/task/{thread}"):
                    continue  # the thread has ended
                return list(root.children(recursive=True))  # a kernel without this file
            except ProcessLookupError:
                continue
            waiting += children
            for child in children:
                with contextlib.suppress(psutil.NoSuchProcess):
                    found.append(psutil.Process(child))
    return found


def resident(process: psutil.Process) -> int:
    """A process's memory, with what it shares with others counted in full."""
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def proportional(process: psutil.Process) -> int:
    """A process's memory, with what N processes share counted as an Nth."""
    try:
        return int(process.memory_full_info().pss)
    except AttributeError:  # only Linux measures it
        return resident(process)
    except psutil.NoSuchProcess:
        return 0
    except psutil.AccessDenied:  # a process can forbid to look
        return resident(process)


def megabytes(size: int) -> str:
    """A number of bytes, for readers."""
    return f"{size / 2**20:,.0f} MB"


def too_much_memory(limit: int) -> str:
    """Why a notebook's Python was ended, in words that follow "the notebook's Python ended:"."""
    return f"it used more than {megabytes(limit)} of memory"
