"""The kernel's program, in grading and in a student's own check: ipykernel's, with bounded output.

This and what it imports needs the standard library and ipykernel only, because students install it.
"""

import contextlib
import sys
from typing import Any

from ipykernel.kernelapp import IPKernelApp

from autograder.probe import figures, guard
from autograder.probe.displays import OutputSocket


class KernelApp(IPKernelApp):
    """Starts a kernel whose output cannot stop its code."""

    outstream_class = "autograder.probe.streams.CellStream"

    def init_iopub(self, context: Any) -> None:
        """Open the channel for output."""
        super().init_iopub(context)
        self.iopub_socket = OutputSocket(self.iopub_thread)

    def init_io(self) -> None:
        """Replace sys.stdout and sys.stderr."""
        super().init_io()
        stdout: Any = sys.stdout
        stderr: Any = sys.stderr
        stdout.beside, stderr.beside = stderr, stdout
        stdout.socket = stderr.socket = self.iopub_socket
        self.iopub_socket.streams = (stdout, stderr)

    def init_kernel(self) -> None:
        """Create the kernel, whose main thread reads the shell channel itself.

        A thread between the two would be for subshells. Nothing here uses them, and each of the
        hidden tests' many requests would pass through two threads.
        """
        self.shell_channel_thread = None
        super().init_kernel()

    def init_shell(self) -> None:
        """Prepare IPython."""
        super().init_shell()
        figures.keep_shell_inline(self.shell)
        figures.keep_figures_small()
        guard.load(self.shell)
        # IPython would keep all that is printed, for its history.
        self.shell._tee = lambda channel: contextlib.nullcontext()


def main() -> None:
    """Run a kernel, as the command line's arguments say, until it is told to end."""
    figures.watch_imports()
    KernelApp.launch_instance()
