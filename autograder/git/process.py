"""Runs git on untrusted repositories, with limits on time, disk and output, and without prompts.

A command that only reads cannot reach the network. A fetch can use the allowed protocols only, and
its time and disk space are checked while it runs.
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

from autograder.files import disk_bytes
from autograder.git.address import Remote, explain, read_remote, without_secrets
from autograder.git.errors import DiskFull, GitError, RepositoryError
from autograder.notebook.file import MAX_NOTEBOOK

REMOTE = "student"
MAX_LISTING = 32 * 2**20  # bytes of output for a history or a tree
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
# git asks this for the user and password in an address. Their values are in its environment, not on
# its command line.
USER, PASSWORD = "AUTOGRADER_GIT_USER", "AUTOGRADER_GIT_PASSWORD"
SAY = f'printf "username=%s\\npassword=%s\\n" "${USER}" "${PASSWORD}"'
HELPER = f'!f() {{ test "$1" != get || {SAY}; }}; f'
# Removed from git's environment: they would redirect it, open a window that asks for passwords, or
# print what it sends.
REMOVED = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_TRACE",
    "GIT_TRACE_CURL",
    "GIT_CURL_VERBOSE",
    "SSH_ASKPASS",
)


@dataclass(frozen=True)
class Bounds:
    """Limits for one repository, and the protocols that may be used to reach it."""

    seconds: float = 300.0
    disk_bytes: int = 512 * 2**20
    notebook_bytes: int = MAX_NOTEBOOK
    protocols: tuple[str, ...] = ("https", "ssh", "file")


class Git:
    """Runs git in one bare repository that has one remote, within limits; `stop` ends it early."""

    def __init__(self, folder: Path, address: str, bounds: Bounds, stop: threading.Event):
        self.folder, self.address, self.bounds, self.stop = folder, address, bounds, stop
        self.remote = read_remote(address)
        self.ends = time.monotonic() + bounds.seconds
        folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        self.run("init", "--quiet", "--bare", "--template=", "--initial-branch=main")

    def online(self, *arguments: str, settings: Sequence[str] = ()) -> bytes:
        """The output of a command that may use the network. Raises RepositoryError if it fails."""
        # In a setting, an address cannot be taken for an option, and it is not saved to disk.
        address = f"remote.{REMOTE}.url={self.remote.address}"
        if self.remote.user:  # no other helper, which might save the password
            settings = (*settings, "credential.helper=", f"credential.helper={HELPER}")
        try:
            return self.run(
                *arguments, settings=(*settings, address), protocols=self.bounds.protocols
            )
        except GitError as error:
            raise RepositoryError(explain(str(error), self.address)) from None

    def run(
        self,
        *arguments: str,
        settings: Sequence[str] = (),
        protocols: Sequence[str] = (),
        most: int = MAX_LISTING,
    ) -> bytes:
        """The output of a git command. Raises GitError if it fails, RepositoryError at a limit."""
        options = [part for setting in (*SETTINGS, *settings) for part in ("-c", setting)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                ["git", f"--git-dir={self.folder}", *options, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=_environment(protocols, self.remote if protocols else None),
                start_new_session=True,  # so that its children are killed too, and it cannot prompt
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
                raise GitError(err.read().decode("utf-8", "replace").strip())
            return out.read()

    def _watch(self, process: subprocess.Popen[bytes], most: int, *outputs: int) -> None:
        """Wait for a process to end. Raises RepositoryError when it exceeds a limit."""
        place, disk = without_secrets(self.address), self.bounds.disk_bytes
        running = True
        while running:
            try:
                process.wait(POLL_SECONDS)
                running = False
            except subprocess.TimeoutExpired:
                running = True
            if disk_bytes(self.folder, disk) > disk:
                raise DiskFull(f"{place}: larger than {disk / 2**20:g} MB")
            if any(os.fstat(output).st_size > most for output in outputs):
                raise RepositoryError(f"{place}: too many files, commits or branches")
            if running and self.stop.is_set():
                raise RepositoryError("stopped")
            if running and time.monotonic() > self.ends:
                raise RepositoryError(f"{place}: took longer than {self.bounds.seconds:g} s")

    def _sweep(self) -> None:
        """Remove what a killed git left half done. No other git works in this folder."""
        for pattern in ("**/*.lock", "objects/pack/tmp_*"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)


def _environment(protocols: Sequence[str], remote: Remote | None) -> dict[str, str]:
    """The environment for git: these protocols only, no prompts, and the remote's password."""
    kept = {name: value for name, value in os.environ.items() if name not in REMOVED}
    if remote is not None and remote.user:
        kept |= {USER: remote.user, PASSWORD: remote.password}
    return kept | {
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": ":".join(protocols),
        "GIT_ASKPASS": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GCM_INTERACTIVE": "never",
        "SSH_ASKPASS_REQUIRE": "never",
    }
