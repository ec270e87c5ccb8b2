"""How long a class takes, and how much memory, by its size."""

import json
import subprocess
import sys
import time
from pathlib import Path

import psutil

from autograder.course import Assignment

HERE = Path(__file__).resolve().parent
MIB = 2**20
SAMPLE_SECONDS = 0.5


def measure(assignment: Assignment) -> dict[str, object]:
    """Grade a class, then grade it again with nothing changed."""
    command = [sys.executable, str(HERE / "ours.py"), str(assignment.root), assignment.name, "True"]
    started = time.monotonic()
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    parent = worker = 0
    while running.poll() is None:
        parent = max(parent, memory(running.pid))
        for child in children(running.pid):
            worker = max(worker, memory(child))
        time.sleep(SAMPLE_SECONDS)
    seconds = time.monotonic() - started
    errors = running.stderr.read() if running.stderr else ""
    if running.returncode:
        raise RuntimeError(errors[-2000:])
    spent = json.loads(errors.splitlines()[-1])
    again = [sys.executable, "-m", "autograder", "grade", assignment.name]
    started = time.monotonic()
    subprocess.run(again, cwd=assignment.root, check=True, capture_output=True)
    return {
        "students": len(assignment.students()),
        "seconds": round(seconds, 1),
        "gradebook_cpu": round(spent["gradebook"], 2),
        "pages_cpu": round(spent["pages"], 2),
        "parent_mib": round(parent / MIB),
        "worker_mib": round(worker / MIB),
        "unchanged_seconds": round(time.monotonic() - started, 2),
    }


def children(pid: int) -> list[int]:
    """The process's grading workers."""
    try:
        return [
            child.pid
            for server in psutil.Process(pid).children()
            if "forkserver" in " ".join(server.cmdline())
            for child in server.children()
        ]
    except psutil.Error:
        return []


def memory(pid: int) -> int:
    """The resident memory of a process in bytes."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:  # it has ended
        return 0
