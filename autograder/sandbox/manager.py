"""Jupyter's side of a kernel: how its process starts, and the clients that talk to it."""

import contextlib
import queue
import subprocess
import time
from collections.abc import Callable
from typing import Any

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

from autograder.probe.codec import MAX_BYTES

START_SECONDS = 90.0
KILLED_SECONDS = 5.0  # until a process that was killed must have ended
MAX_PRINTED = 128 * 2**20  # bytes per message; a fast loop prints many in one message


class Manager(KernelManager):
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

    async def _async_interrupt_kernel(self) -> None:
        """Do nothing: Jupyter interrupts a kernel before it kills it, and waits without end if
        student code broke the kernel's sockets. `Kernel.interrupt` sends its own message."""

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

    def start_channels(self, *channels: bool, **named: bool) -> None:
        """All but the heartbeat. The kernel's process says whether it lives, and a thread that
        sends to a broken socket would never end."""
        super().start_channels(*channels, **{**named, "hb": False})

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
            left = max(0.1, deadline - time.monotonic())
            await ensure_async(self.shell_channel.get_msg(timeout=left))


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
        process, self.process = self.process, None
        with contextlib.suppress(subprocess.TimeoutExpired):
            return int(process.wait(KILLED_SECONDS))
        return None


def _bounded(context: Any, largest: int) -> Any:
    context.maxmsgsize = largest  # libzmq drops the connection of a larger message
    context.rcvhwm = 20  # unread messages in this process; more wait in the kernel
    return context
