"""Running git on what strangers wrote: within bounds, and without asking, running or writing more.

Reading commands can reach no host at all. A fetch reaches only by the protocols that are allowed,
and what it takes of time and disk is watched while it runs.
"""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.collect.store import NotTaken
from autograder.files import disk_bytes
from autograder.git.address import reason, shown
from autograder.notebook.reader import MAX_NOTEBOOK

REMOTE = "student"
MAX_LISTING = 32 * 2**20  # bytes that git says of a history or a tree
POLL_SECONDS = 0.1
SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.bigFileThreshold=32m",  # larger blobs are streamed, never held in memory
    "fetch.recurseSubmodules=no",
    "fetch.writeCommitGraph=no",
    "gc.auto=0",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "protocol.version=2",
)
# Where git looks is ours to say, whatever program called us; and no window asks for passwords.
NOT_OURS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "SSH_ASKPASS",
)


@dataclass(frozen=True)
class Bounds:
    """What one repository may take, and by which protocols it may be reached."""

    seconds: float = 300.0
    disk_bytes: int = 512 * 2**20
    notebook_bytes: int = MAX_NOTEBOOK
    protocols: tuple[str, ...] = ("https", "ssh", "file")


class GitFailed(Exception):
    """git ended with an error, and said this."""


class Git:
    """Runs git on one bare repository, for one remote address, until the bounds are reached."""

    def __init__(self, folder: Path, address: str, bounds: Bounds, stop: threading.Event):
        self.folder, self.address, self.bounds, self.stop = folder, address, bounds, stop
        self.ends = time.monotonic() + bounds.seconds
        folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        self.run("init", "--quiet", "--bare", "--template=", "--initial-branch=main")

    def online(self, *arguments: str, settings: Sequence[str] = ()) -> bytes:
        """What git prints that may reach the address. Raises NotTaken where that fails."""
        # As a setting the address is no option, whatever it begins with, and not written down.
        address = f"remote.{REMOTE}.url={self.address}"
        try:
            return self.run(
                *arguments, settings=(*settings, address), protocols=self.bounds.protocols
            )
        except GitFailed as error:
            raise NotTaken(reason(str(error), self.address)) from None

    def run(
        self,
        *arguments: str,
        settings: Sequence[str] = (),
        protocols: Sequence[str] = (),
        most: int = MAX_LISTING,
    ) -> bytes:
        """What git prints. Raises GitFailed where it fails, and NotTaken beyond the bounds."""
        options = [part for setting in (*SETTINGS, *settings) for part in ("-c", setting)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                ["git", f"--git-dir={self.folder}", *options, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=_environment(protocols),
                start_new_session=True,  # one group to end, and no terminal to ask at
            )
            try:
                self._watch(process, most, out.fileno(), err.fileno())
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    self._sweep()
            out.seek(0)
            err.seek(0)
            if process.returncode:
                raise GitFailed(err.read().decode("utf-8", "replace").strip())
            return out.read()

    def _watch(self, process: subprocess.Popen[bytes], most: int, *outputs: int) -> None:
        """Wait for a process to end, as long as it keeps to the bounds."""
        place, disk = shown(self.address), self.bounds.disk_bytes
        running = True
        while running:
            try:
                process.wait(POLL_SECONDS)
                running = False
            except subprocess.TimeoutExpired:
                running = True
            if disk_bytes(self.folder, disk) > disk:
                raise NotTaken(f"{place}: larger than {disk / 2**20:g} MB")
            if any(os.fstat(output).st_size > most for output in outputs):
                raise NotTaken(f"{place}: too many files, commits or branches to look at")
            if running and self.stop.is_set():
                raise NotTaken("stopped")
            if running and time.monotonic() > self.ends:
                raise NotTaken(f"{place}: took longer than {self.bounds.seconds:g} s")

    def _sweep(self) -> None:
        """Remove what a git that was ended left half done; no other one works here."""
        for pattern in ("**/*.lock", "objects/pack/tmp_*"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)


def _environment(protocols: Sequence[str]) -> dict[str, str]:
    """The caller's, in which git reaches only by these protocols and asks nobody anything."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return kept | {
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": ":".join(protocols),
        "GIT_ASKPASS": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GCM_INTERACTIVE": "never",
        "SSH_ASKPASS_REQUIRE": "never",
    }
