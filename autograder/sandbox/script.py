"""Runs one script of the student's by itself: a bare folder, a sandbox, a limit on everything."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import Limits
from autograder.errors import AutograderError
from autograder.files import plain_files, remove
from autograder.sandbox.bubblewrap import Sandbox
from autograder.sandbox.device import CPU
from autograder.sandbox.launcher import HOME, python_environment, wrapped
from autograder.sandbox.monitor import Monitor, Share

MAX_SAID = 4000  # characters of what it printed that are kept
MAX_FILE = 64 * 2**20  # bytes of a file that comes back


@dataclass(frozen=True)
class Finished:
    """How a script ended: its exit code, what it printed last, and the files it left.

    `stopped` is why it was stopped, or ''; `timed_out` says that it was for its time.
    """

    code: int
    said: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    stopped: str = ""
    timed_out: bool = False


def run_script(
    files: Mapping[str, bytes],
    arguments: Sequence[str],
    limits: Limits,
    hidden: Path,
    sandboxed: bool = True,
    device: str = CPU,
    seconds: float | None = None,
) -> Finished:
    """Run `python ARGUMENTS` in a new folder that holds only `files`, for at most `seconds`.

    Of the files that it leaves, those that are new come back, up to 64 MiB each.
    """
    private = Path(tempfile.mkdtemp(prefix="grader-script-"))
    try:
        work = private / "work"
        work.mkdir()
        for name, content in files.items():
            (work / name).write_bytes(content)
        finished = _run(work, arguments, limits, hidden, sandboxed, device, seconds)
        left = {
            file.below: file.path.read_bytes()
            for file in plain_files(work)
            if file.below not in files and file.size <= MAX_FILE
        }
        return Finished(finished.code, finished.said, left, finished.stopped, finished.timed_out)
    except ValueError as error:  # folders deeper than anyone makes by hand
        return Finished(1, str(error))
    finally:
        remove(private)


def _run(
    work: Path,
    arguments: Sequence[str],
    limits: Limits,
    hidden: Path,
    sandboxed: bool,
    device: str,
    seconds: float | None,
) -> Finished:
    environment = python_environment(device) | {"MPLBACKEND": "agg"}
    descriptors: list[int] = []
    bounds = ["prlimit", f"--fsize={limits.disk_bytes}", "--core=0"]
    if device == CPU:  # a GPU's driver reserves far more address space than it uses
        bounds.append(f"--data={limits.memory_bytes}")
    command = [*bounds, "--", sys.executable, *arguments]
    if sandboxed:
        sandbox = Sandbox(work, hidden, limits.disk_bytes, gpu=device != CPU)
        wrapper, descriptors = wrapped(sandbox, {**environment, "HOME": HOME})
        command, environment = [*wrapper, *command], {"PATH": environment["PATH"]}
    else:
        environment["HOME"] = str(work.parent)
    said = work.parent / "said"
    allowed = limits.call_seconds if seconds is None else seconds
    with said.open("wb") as log:
        try:
            process = subprocess.Popen(
                command, cwd=work, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, pass_fds=descriptors, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise AutograderError(f"cannot run a script: {error}") from error
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
    share = Share(limits.memory_bytes, limits.processes, limits.disk_bytes)
    monitor = Monitor(process.pid, share, (work.parent,))
    timed_out = False
    try:
        process.wait(allowed)
    except subprocess.TimeoutExpired:
        timed_out = True
    finally:
        _end(process)
        monitor.stop()
    with said.open("rb") as log:
        log.seek(max(0, said.stat().st_size - MAX_SAID))
        text = log.read().decode("utf-8", "replace")
    return Finished(process.returncode, text, {}, monitor.exceeded, timed_out)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill it with all its children: in a sandbox they go with it, without one by their session."""
    if process.poll() is None:
        os.killpg(process.pid, 9)
    process.wait()
