"""Runs one of a student's scripts alone, in an empty folder, in a sandbox and within limits."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from autograder.errors import AutograderError
from autograder.files import plain_files, remove
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.monitor import Monitor
from autograder.sandbox.template import TEMPLATES, ForkedProcess, TemplateFailed
from autograder.temporary import temporary_folder

MAX_PRINTED = 4000  # characters of its output that are kept
PLOTTING = {"MPLBACKEND": "agg"}
MAX_FILE = 64 * 2**20  # bytes of a returned file


@dataclass(frozen=True)
class Finished:
    """How a script ended: its exit code, the end of its output, and the files that it wrote.

    `stopped` is why it was stopped, or ''. `timed_out` says that it exceeded its time.
    """

    code: int
    printed: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    stopped: str = ""
    timed_out: bool = False


def run_script(
    launcher: Launcher,
    files: Mapping[str, bytes],
    arguments: Sequence[str],
    seconds: float | None = None,
) -> Finished:
    """Run `python ARGUMENTS` in a new folder that holds only `files`, for at most `seconds`.

    Returns the new files that it leaves, up to 64 MiB each.
    """
    private = temporary_folder("script")
    try:
        work = private / "work"
        work.mkdir()
        for name, content in files.items():
            (work / name).write_bytes(content)
        finished = _run(launcher, work, arguments, seconds)
        left = {
            file.below: file.path.read_bytes()
            for file in plain_files(work)
            if file.below not in files and file.size <= MAX_FILE
        }
        return replace(finished, files=left)
    except ValueError as error:  # folders nested too deeply
        return Finished(1, str(error))
    finally:
        remove(private)


def _run(
    launcher: Launcher, work: Path, arguments: Sequence[str], seconds: float | None
) -> Finished:
    printed = work.parent / "printed"
    allowed = launcher.budget.within(launcher.limits.call_seconds if seconds is None else seconds)
    with printed.open("wb") as log:
        process, forked = _start(launcher, work, arguments, log)
    monitor = Monitor(process.pid, launcher.share, (work.parent,), forked)
    timed_out = False
    try:
        process.wait(allowed)
    except subprocess.TimeoutExpired:
        timed_out = True
    finally:
        code = _end(process)
        monitor.stop()
    with printed.open("rb") as log:
        log.seek(max(0, printed.stat().st_size - MAX_PRINTED))
        text = log.read().decode("utf-8", "replace")
    return Finished(code, text, {}, monitor.exceeded, timed_out)


def _start(
    launcher: Launcher, work: Path, arguments: Sequence[str], log: IO[bytes]
) -> tuple[ForkedProcess | subprocess.Popen[bytes], bool]:
    """(the process, whether it is a fork of the template)."""
    template = TEMPLATES.choose(launcher, work)
    if template is not None:
        try:
            process = template.fork(launcher, arguments, work, log, environment=PLOTTING)
            return process, True
        except TemplateFailed as error:
            if not launcher.budget.left:  # no failure of the template
                raise
            TEMPLATES.give_up(str(error))
    with launcher.launch(arguments, work, private=work.parent, environment=PLOTTING) as launch:
        try:
            return subprocess.Popen(
                launch.command, cwd=work, env=launch.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, pass_fds=launch.descriptors,
                start_new_session=True,
            ), False  # fmt: skip
        except OSError as error:
            raise AutograderError(f"cannot run a script: {error}") from error


def _end(process: ForkedProcess | subprocess.Popen[bytes]) -> int:
    """Kill it with its children, if it runs: a sandbox ends with its process, otherwise the session
    does. Returns its exit code."""
    if process.poll() is None:
        os.killpg(process.pid, 9)
    return process.wait()
