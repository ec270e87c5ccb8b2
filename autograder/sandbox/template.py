"""Sessions that start ready: forks of one process that has imported the libraries before.

A command has one template for all of its workers; `probe.template` describes it. A session that is
forked from it has the same sandbox, limits and results as one that starts cold.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autograder.errors import AutograderError
from autograder.files import importable_names
from autograder.probe.protocol import STARTED
from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap import PROBE, WORK, Sandbox, template_arguments
from autograder.sandbox.launcher import HOME, Device, Launcher, memory_file, python_environment
from autograder.temporary import command_root, temporary_root

SOCKET, LOG = "template", "template.log"  # in the temporary folder of the process that starts it
START_SECONDS = 90.0
FORK_SECONDS = 30.0
KILL_SECONDS = 5.0
ATTEMPTS = 2  # a template can be killed, as by a machine without memory


class TemplateFailed(AutograderError):
    """The template did not start, or could not fork a session."""


class ForkedProcess:
    """A session's keeper: what Jupyter and `run_script` need of subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, status: int):
        self.pid = pid
        self.returncode: int | None = None
        self._status = status  # a pipe: the session's exit code, then its end
        self._handle = os.pidfd_open(pid)

    def has_started(self, timeout: float) -> bool:
        """Whether the session came as far as to run its program. Call it once, first."""
        ready, _, _ = select.select([self._status], [], [], timeout)
        return bool(ready) and os.read(self._status, 1) == STARTED

    def poll(self) -> int | None:
        """The exit code, or None while the session runs."""
        return self._read(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once the session has ended. Raises subprocess.TimeoutExpired."""
        code = self._read(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("session", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the keeper. After SIGKILL, wait for its end, which is near."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)
            if number == signal.SIGKILL:
                self._read(KILL_SECONDS)

    def kill(self) -> None:
        """End the session and all of its processes."""
        self.send_signal(signal.SIGKILL)

    terminate = kill

    def _read(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            ready, _, _ = select.select([self._status], [], [], timeout)
            if not ready:
                return None
            code = os.read(self._status, 16)
            self.returncode = int(code) if code else -signal.SIGKILL
            os.close(self._status)
            os.close(self._handle)
        return self.returncode


@dataclass(frozen=True)
class Ready:
    """What a template says when it is ready: the names of the modules that it holds ahead of their
    import, and the memory in bytes that RLIMIT_DATA counts for it."""

    names: frozenset[str]
    data_bytes: int


class Template:
    """A connection to a template."""

    def __init__(self, address: Path):
        """Connect. `ready` waits until the template has imported the libraries.

        Raises OSError if no template listens at the address.
        """
        self.root = address.parent
        self._ready: Ready | None = None
        self._lock = threading.Lock()
        self._channel = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel.connect(str(address))

    def close(self) -> None:
        """End the connection. The sessions go on."""
        self._channel.close()

    def ready(self) -> Ready:
        """Wait until the libraries are imported. Raises TemplateFailed if they cannot be."""
        if self._ready is None:
            told = json.loads(self._receive(START_SECONDS))
            self._ready = Ready(frozenset(told["names"]), told["data_bytes"])
        return self._ready

    def fork(
        self,
        launcher: Launcher,
        arguments: Sequence[str],
        work: Path,
        log: IO[bytes],
        run: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> ForkedProcess:
        """A session in the folder `work`: a kernel if there is a folder `run`, else a script.

        `arguments` are the program's name and its arguments. Raises TemplateFailed.
        """
        ready = self.ready()
        inside = {**python_environment(launcher.device), **(environment or {}), "HOME": HOME}
        sandbox = Sandbox(
            work, launcher.hidden, launcher.limits.disk_bytes, run, package=PROBE / "autograder"
        )
        limits = launcher.resource_limits()
        limits["data"] += ready.data_bytes  # the libraries' own memory does not count
        request = {
            "kind": "script" if run is None else "kernel",
            "options": sandbox.arguments(inside),
            "prefix": launcher.limited(),
            "filter": (seccomp.program() or b"").hex(),
            "limits": limits,
            "folder": str(WORK),
            "environment": inside,
            "arguments": list(arguments),
        }
        status, reported = os.pipe()
        try:
            with self._lock:
                message = json.dumps(request).encode()
                socket.send_fds(self._channel, [message], [log.fileno(), reported])
                waits = launcher.budget.within(FORK_SECONDS)
                process = ForkedProcess(int(self._receive(waits)), status)
        except OSError as error:
            os.close(status)
            raise TemplateFailed(_last_line(self.root / LOG, str(error))) from error
        finally:
            os.close(reported)
        if not process.has_started(launcher.budget.within(FORK_SECONDS)):
            process.kill()
            raise TemplateFailed(_last_line(Path(log.name), "no session started"))
        return process

    def _receive(self, seconds: float) -> bytes:
        self._channel.settimeout(seconds)
        try:
            message = self._channel.recv(2**20)
        except OSError as error:
            raise TemplateFailed(_last_line(self.root / LOG, str(error))) from error
        if not message:
            raise TemplateFailed(_last_line(self.root / LOG, "it ended"))
        return message


def _last_line(log: Path, default: str) -> str:
    said = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return said[-1] if said else default


class Templates:
    """This process's way to a template: its command's, or else one of its own."""

    def __init__(self) -> None:
        self.failures: list[str] = []  # why sessions start cold although they could start warm
        self._process: subprocess.Popen[bytes] | None = None
        self._template: Template | None = None

    def prepare(self, launcher: Launcher) -> None:
        """Start a template ahead of its first session, for this process and its workers."""
        if _is_possible(launcher) and self._process is None:
            with contextlib.suppress(TemplateFailed):  # `choose` tries again, and counts it
                self._start()

    def choose(self, launcher: Launcher, work: Path) -> Template | None:
        """The template for a session in the folder `work`, or None if it must start cold.

        It starts cold on a GPU and without a sandbox; where a submitted file has the name of a
        module that is already in memory; in a folder that the template does not see, because it is
        not one of this process's temporary folders; and where no template can run.
        """
        visible = work.is_relative_to(temporary_root())
        if not _is_possible(launcher) or not visible or self.cold_because:
            return None
        try:
            if self._template is None:
                self._template = self._connect()
            names = self._template.ready().names
        except TemplateFailed as error:
            self.give_up(str(error))
            return None
        return None if names & importable_names(work) else self._template

    @property
    def cold_because(self) -> str:
        """Why every session starts cold from now on, although it could start warm, or ''."""
        return self.failures[-1] if len(self.failures) == ATTEMPTS else ""

    def give_up(self, reason: str) -> None:
        """Leave the template. After ATTEMPTS failures, every further session starts cold."""
        self.failures.append(reason or "it gave no reason")
        if self._template is not None:
            self._template.close()
        self._template = None
        self.close()

    def close(self) -> None:
        """End this process's own template, if it has one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _connect(self) -> Template:
        with contextlib.suppress(OSError):
            return Template(command_root() / SOCKET)
        if self._process is None:
            self._start()
        try:
            return Template(temporary_root() / SOCKET)
        except OSError as error:
            raise TemplateFailed(f"the template does not answer: {error}") from error

    def _start(self) -> None:
        root = temporary_root()
        environment = {**python_environment(Device.CPU), "HOME": HOME, "PYTHONPATH": str(PROBE)}
        options = template_arguments(root, environment)
        arguments = memory_file("\0".join([*options, ""]).encode())
        (root / SOCKET).unlink(missing_ok=True)
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener,
            (root / LOG).open("wb") as log,
        ):
            listener.bind(str(root / SOCKET))
            listener.listen()
            python = ["-P", "-m", "autograder.probe.template", str(listener.fileno())]
            try:
                self._process = subprocess.Popen(
                    ["bwrap", "--args", str(arguments), sys.executable, *python],
                    env={"PATH": environment["PATH"]},
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    pass_fds=(arguments, listener.fileno()),
                )  # fmt: skip
            except OSError as error:
                raise TemplateFailed(f"bubblewrap could not be run: {error}") from error
            finally:
                os.close(arguments)
        atexit.register(self.close)


def _is_possible(launcher: Launcher) -> bool:
    return launcher.warm and launcher.sandboxed and launcher.device is Device.CPU


TEMPLATES = Templates()
