"""A live kernel for one submission."""

import contextlib
import os
import queue
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.utils import ensure_async
from traitlets import Any as AnyTrait
from traitlets import List, Type, Unicode

from autograder.errors import AutograderError
from autograder.files import remove
from autograder.notebook.failure import how_python_ended
from autograder.probe.codec import MAX_BYTES
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.monitor import Monitor, Share
from autograder.sandbox.template import TEMPLATES, Template
from autograder.temporary import temporary_folder

START_SECONDS = 90.0
INTERRUPT_REPLY_SECONDS = 2.0
INTERRUPT_SECONDS = 5.0  # until an interrupted cell or call must have ended
KERNEL_ARGUMENTS = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
MAX_PRINTED = 128 * 2**20  # bytes per message; a fast loop prints many in one message


class _Manager(KernelManager):
    """Starts the kernel with a given command. nbclient's clients from it are asynchronous."""

    command = List(Unicode())
    client_class = "jupyter_client.asynchronous.AsyncKernelClient"
    client_factory = Type(klass="jupyter_client.KernelClient")

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=list(self.command), display_name="Python 3", language="python",
            interrupt_mode="message",
        )  # fmt: skip

    def provide(self, fork: Callable[[list[str]], Any] | None = None) -> None:
        """Choose how the kernel starts: see `_Provisioner`. Call it before `start_kernel`."""
        self.provisioner = _Provisioner(
            kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self, fork=fork
        )

    def client(self, **kwargs: Any) -> Any:
        return self._connected(
            _OutputClient(parent=self, context=_bounded(zmq.asyncio.Context(), MAX_PRINTED))
        )

    def blocking_client(self) -> BlockingKernelClient:
        return self._connected(
            BlockingKernelClient(parent=self, context=_bounded(zmq.Context(), MAX_BYTES + 2**20))
        )

    def _connected(self, client: Any) -> Any:
        # Each client needs its own session: clients with one identity lose each other's replies.
        client.load_connection_info(self.get_connection_info(session=False))
        return client


class _OutputClient(AsyncKernelClient):
    """A client of a kernel that is ready."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel's output arrives. Jupyter's own method waits 0.2 s longer.

        Raises RuntimeError if there is no output within `timeout` seconds.
        """
        deadline = time.monotonic() + (timeout or START_SECONDS)
        requests = 0
        connected = False
        while not connected:
            if time.monotonic() > deadline:
                raise RuntimeError("the kernel sends no output")
            request, requests = self.kernel_info(), requests + 1
            with contextlib.suppress(queue.Empty):  # a request before the connection is not heard
                while not connected:
                    message = await ensure_async(self.iopub_channel.get_msg(timeout=0.1))
                    connected = (
                        message["parent_header"].get("msg_id") == request
                        and message["content"].get("execution_state") == "idle"
                    )
        for _ in range(requests):
            await ensure_async(self.shell_channel.get_msg(timeout=INTERRUPT_SECONDS))


class _Provisioner(LocalProvisioner):
    """Starts the kernel by calling `fork` with its arguments, or as a child process without it."""

    fork: Any = AnyTrait(None)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        if self.fork is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = self.fork(cmd)
        self.pid = self.process.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the process, which was killed. Jupyter's own method sleeps for 0.1 s first."""
        if self.process is None:
            return 0
        code = int(self.process.wait())
        self.process = None
        return code


class Kernel:
    """A running kernel. `close` it, or use it in a `with` block."""

    def __init__(self, manager: _Manager, monitor: Monitor, work: Path, private: Path):
        self.manager = manager
        self.work = work
        self.client = manager.blocking_client()
        self.client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=True)
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
        return bool(self.manager.is_alive())

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
                interrupted, deadline = True, time.monotonic() + INTERRUPT_SECONDS

    def interrupt(self) -> None:
        """Interrupt the running cell or call, as the stop button does. It can ignore this."""
        message = self.client.session.msg("interrupt_request")
        self.client.control_channel.send(message)
        # After the reply to this request, not to an earlier one, the signal has been sent and
        # cannot hit a later cell or call.
        deadline = time.monotonic() + INTERRUPT_REPLY_SECONDS
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
            self.client.kernel_info()  # the reply comes after the cell has ended
            if channel.socket.poll(INTERRUPT_SECONDS * 500):
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
    template = TEMPLATES.choose(launcher, work)
    if template is not None:
        try:
            return _start(launcher, work, template)
        except AutograderError as error:
            TEMPLATES.give_up(str(error))
    return _start(launcher, work)


def _start(launcher: Launcher, work: Path, template: Template | None = None) -> Kernel:
    """A kernel that is a fork of the template, if there is one, else one in a new Python."""
    # Other users cannot enter this folder, even if the sandbox changes the folder in it.
    private = temporary_folder("kernel")
    run = private / "run"
    run.mkdir()
    manager = _Manager(transport="ipc", ip=str(run / "kernel"))
    manager.connection_file = str(run / "connection.json")
    try:
        with (private / "kernel.log").open("w+b") as log:
            if template is None:
                _start_cold(manager, launcher, work, run, log)
            else:
                _start_warm(manager, template, launcher, work, run, log)
            limits = launcher.limits
            share = Share(limits.memory_bytes, limits.processes, limits.disk_bytes)
            watched, forked = manager.provisioner.pid, template is not None
            monitor = Monitor(watched, share, (work, private), forked)
            kernel = Kernel(manager, monitor, work, private)
            try:
                _wait_until_ready(kernel, log)
            except BaseException:
                kernel.close()
                raise
            return kernel
    except BaseException:
        remove(private)
        raise


def _start_cold(
    manager: _Manager, launcher: Launcher, work: Path, run: Path, log: IO[bytes]
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
    manager: _Manager, template: Template, launcher: Launcher, work: Path, run: Path, log: IO[bytes]
) -> None:
    manager.command = ["kernel", *KERNEL_ARGUMENTS]
    manager.provide(lambda arguments: template.fork(launcher, arguments, work, log, run))
    manager.start_kernel()


def _wait_until_ready(kernel: Kernel, log: IO[bytes]) -> None:
    """Wait for the reply to kernel_info: the sockets are bound and the main thread listens.

    Raises AutograderError if the kernel ends or does not reply within START_SECONDS.
    """
    kernel.client.kernel_info()
    for _ in range(int(START_SECONDS / 0.5)):
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


def _bounded(context: Any, largest: int) -> Any:
    context.maxmsgsize = largest  # libzmq drops the connection of a larger message
    context.rcvhwm = 20  # unread messages in this process; more wait in the kernel
    return context
