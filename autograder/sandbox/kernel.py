"""A live kernel for one submission."""

import os
import queue
import time
from pathlib import Path
from typing import IO, Any

import zmq

from autograder.budget import Budget
from autograder.errors import AutograderError
from autograder.files import remove
from autograder.notebook.failure import how_python_ended
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.manager import START_SECONDS, Manager
from autograder.sandbox.monitor import Monitor
from autograder.sandbox.template import TEMPLATES, Template
from autograder.temporary import temporary_folder

SEND_SECONDS = 1.0  # until a message must have been taken
INTERRUPT_REPLY_SECONDS = 2.0
INTERRUPT_SECONDS = 5.0  # until an interrupted cell or call must have ended
PATIENCE = 1 / 20  # of the submission's time that is left, at most
SHORTEST_PATIENCE = 0.2  # seconds
KERNEL_ARGUMENTS = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]


def patience(seconds: float, budget: Budget) -> float:
    """How long to wait for interrupted code: at most `seconds`, and less near the budget's end."""
    return min(seconds, max(SHORTEST_PATIENCE, PATIENCE * budget.left))


def stopping_seconds(budget: Budget) -> float:
    """How long it takes to end a kernel whose call cannot be interrupted."""
    return patience(INTERRUPT_REPLY_SECONDS, budget) + patience(INTERRUPT_SECONDS, budget)


class Kernel:
    """A running kernel. `close` it, or use it in a `with` block."""

    def __init__(
        self, manager: Manager, monitor: Monitor, work: Path, private: Path, budget: Budget
    ):
        self.manager = manager
        self.work = work
        self._budget = budget
        self.client = manager.blocking_client()
        self.client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=True)
        for channel in (self.client.shell_channel, self.client.control_channel):
            # A kernel whose sockets student code broke takes no message: sending must not wait.
            channel.socket.setsockopt(zmq.SNDTIMEO, int(1000 * SEND_SECONDS))
        self._monitor = monitor
        self._private = private
        self._killed = ""

    def __enter__(self) -> "Kernel":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the kernel's process is running."""
        # Jupyter's own question starts an event loop. The hidden tests ask hundreds of times.
        process = self.manager.provisioner.process
        return process is not None and process.poll() is None

    @property
    def ended_because(self) -> str:
        """Why the kernel ended, in words that follow "the notebook's Python ended:"."""
        if reason := self._monitor.exceeded or self._killed:
            return reason
        process = self.manager.provisioner.process
        return how_python_ended(None if process is None else process.poll())

    @property
    def peak_memory_bytes(self) -> int:
        """The highest memory use that the monitor measured, in bytes."""
        return self._monitor.peak_memory_bytes

    def reply_to(self, message_id: str, seconds: float) -> tuple[dict[str, Any] | None, bool]:
        """(reply, whether the request was interrupted) for a message from the client.

        The reply is None if the kernel ended without one. A request that takes longer than
        `seconds` is interrupted. If it continues after that, the kernel is ended. An unreadable
        reply can raise any exception.
        """
        deadline, interrupted = time.monotonic() + seconds, False
        while True:
            try:
                reply = self.client.shell_channel.get_msg(timeout=0.2)
                if reply["parent_header"].get("msg_id") == message_id:
                    return reply, interrupted
            except queue.Empty:
                pass
            if not self.alive:
                return None, interrupted
            if time.monotonic() > deadline:
                if interrupted:
                    self.kill("a call could not be interrupted")
                    return None, True
                self.interrupt()
                interrupted = True
                deadline = time.monotonic() + patience(INTERRUPT_SECONDS, self._budget)

    def interrupt(self) -> None:
        """Interrupt the running cell or call, as the stop button does. It can ignore this."""
        message = self.client.session.msg("interrupt_request")
        try:
            self.client.control_channel.send(message)
        except zmq.Again:
            return
        # After the reply to this request, not to an earlier one, the signal has been sent and
        # cannot hit a later cell or call.
        deadline = time.monotonic() + patience(INTERRUPT_REPLY_SECONDS, self._budget)
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = self.client.control_channel.get_msg(timeout=left)
                if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    return
            except Exception:  # no reply in time, or one that student code forged
                continue

    def stop_cell(self) -> None:
        """Interrupt the running cell. End the kernel if the cell continues."""
        channel = self.client.shell_channel
        for _ in range(2):  # code can swallow an interrupt, which can also prevent the first reply
            self.interrupt()
            try:
                self.client.kernel_info()  # the reply comes after the cell has ended
            except zmq.Again:
                break
            if channel.socket.poll(patience(INTERRUPT_SECONDS, self._budget) * 500):
                channel.socket.recv_multipart()
                return
        self.kill("a cell could not be interrupted")

    def kill(self, reason: str) -> None:
        """End the kernel immediately. Keeps the first `reason` for `ended_because`."""
        self._killed = self._killed or reason
        self.manager.shutdown_kernel(now=True)

    def close(self) -> None:
        """End the kernel and its monitor, and remove its private folder."""
        self._monitor.stop()
        self.client.stop_channels()
        if self.alive:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        remove(self._private)


def start_kernel(launcher: Launcher, work: Path) -> Kernel:
    """A new kernel whose working folder is `work`.

    Raises AutograderError if it does not start.
    """
    if not launcher.budget.left:
        raise AutograderError("the kernel did not start: the submission's time is over")
    template = TEMPLATES.choose(launcher, work)
    if template is not None:
        try:
            return _start(launcher, work, template)
        except AutograderError as error:
            if not launcher.budget.left:  # no failure of the template
                raise
            TEMPLATES.give_up(str(error))
    return _start(launcher, work)


def _start(launcher: Launcher, work: Path, template: Template | None = None) -> Kernel:
    """A kernel that is a fork of the template, if there is one, else one in a new Python."""
    # Other users cannot enter this folder, even if the sandbox changes the folder in it.
    private = temporary_folder("kernel")
    run = private / "run"
    run.mkdir()
    manager = Manager(transport="ipc", ip=str(run / "kernel"))
    manager.connection_file = str(run / "connection.json")
    try:
        with (private / "kernel.log").open("w+b") as log:
            if template is None:
                _start_cold(manager, launcher, work, run, log)
            else:
                _start_warm(manager, template, launcher, work, run, log)
            watched, forked = manager.provisioner.pid, template is not None
            monitor = Monitor(watched, launcher.share, (work, private), forked)
            kernel = Kernel(manager, monitor, work, private, launcher.budget)
            try:
                _wait_until_ready(kernel, log, launcher.budget.within(START_SECONDS))
            except BaseException:
                kernel.close()
                raise
            return kernel
    except BaseException:
        remove(private)
        raise


def _start_cold(
    manager: Manager, launcher: Launcher, work: Path, run: Path, log: IO[bytes]
) -> None:
    arguments = ["-P", "-m", "autograder.probe.kernel", *KERNEL_ARGUMENTS]
    with launcher.launch(arguments, work, private=run, run=run) as launch:
        manager.command = launch.command
        manager.provide()
        manager.start_kernel(
            cwd=str(work),
            stdout=log,
            stderr=log,
            env=launch.environment,
            pass_fds=launch.descriptors,
        )


def _start_warm(
    manager: Manager, template: Template, launcher: Launcher, work: Path, run: Path, log: IO[bytes]
) -> None:
    manager.command = ["kernel", *KERNEL_ARGUMENTS]
    manager.provide(lambda arguments: template.fork(launcher, arguments, work, log, run))
    manager.start_kernel()


def _wait_until_ready(kernel: Kernel, log: IO[bytes], seconds: float) -> None:
    """Wait for the reply to kernel_info: the sockets are bound and the main thread listens.

    Raises AutograderError if the kernel ends or does not reply within `seconds`.
    """
    kernel.client.kernel_info()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if kernel.client.shell_channel.socket.poll(500):
            kernel.client.shell_channel.get_msg(timeout=1)
            return
        if not kernel.alive:
            break
    log.seek(max(0, log.seek(0, os.SEEK_END) - 4096))
    said = log.read().decode(errors="replace").strip().splitlines()
    raise AutograderError(
        f"the kernel did not start: {said[-1] if said else 'no reason given'}; "
        "is ipykernel installed in this environment?"
    )
