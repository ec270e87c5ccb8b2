"""Runs a notebook by papermill in a kernel that stays alive, to its last cell whatever happens.

papermill's own engine stops at the first failing cell, and takes a notebook whose kernel left by
`sys.exit()` for a finished one. This engine goes on after a failing cell, stops a cell that passes
a limit, and leaves every code cell with one of three states: completed, failed or stopped.
"""

import asyncio
import time
from collections.abc import Callable
from queue import Empty
from typing import Any

from nbclient.exceptions import CellControlSignal, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from autograder.course import Limits
from autograder.errors import AutograderError
from autograder.log import quiet_logger
from autograder.results.model import FailedCell
from autograder.sandbox.kernel import INTERRUPT_SECONDS, Kernel

ENGINE = "autograder"
PENDING, FAILED, STOPPED = "pending", "failed", "stopped"  # papermill's own, and one of ours

LOG = quiet_logger(__name__)


class _Client(PapermillNotebookClient):
    """papermill's client with its own loop over the cells."""

    def __init__(self, nb_man: NotebookExecutionManager, kernel: Kernel, limits: Limits, **kw: Any):
        options = {"allow_errors": True, "raise_on_iopub_timeout": False}
        super().__init__(nb_man, km=kernel.manager, store_widget_state=False, **options, **kw)
        self.kernel = kernel
        self.limits = limits
        self.deadline = time.monotonic() + limits.notebook_seconds
        self.written = 0
        self.timeout_func = lambda cell: self.cell_seconds()
        self.on_cell_executed = self.note_reply
        self.reply: dict[str, Any] = {}

    def cell_seconds(self) -> float:
        return max(0.1, min(self.limits.cell_seconds, self.deadline - time.monotonic()))

    def note_reply(self, cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
        self.reply = execute_reply["content"]

    def papermill_execute_cells(self) -> None:
        for index, cell in enumerate(self.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip() or _state(cell):
                continue
            self.nb_man.cell_start(cell, index)
            reason, state = self.run(cell, index)
            self.nb_man.cell_complete(cell, cell_index=index)
            if reason:
                cell.metadata["autograder"] = NotebookNode(reason=reason, state=state)

    def run(self, cell: NotebookNode, index: int) -> tuple[str, str]:
        """(why it did not complete, its state); ('', '') where it did."""
        if not self.kernel.alive:
            return (
                f"did not run: the notebook's Python had ended: {self.kernel.ended_because}",
                PENDING,
            )
        if time.monotonic() > self.deadline:
            seconds = self.limits.notebook_seconds
            return f"did not run: the notebook took more than {seconds:.0f} s", PENDING
        self.written, self.reply = 0, {}
        allowed = self.cell_seconds()
        try:
            self.execute_cell(cell, index)
        except CellTimeoutError:
            self.stop_cell()
            if self.written <= self.limits.output_bytes:
                return f"stopped after {allowed:.0f} s (an endless loop?)", STOPPED
        except DeadKernelError:
            return f"ended the notebook's Python: {self.kernel.ended_because}", STOPPED
        except Exception as error:  # a forged message can break its reader anywhere
            self.stop_cell()
            return f"stopped: what it sent was not readable ({type(error).__name__})", STOPPED
        finally:
            cell.outputs = _merged(cell.outputs)
        if self.written > self.limits.output_bytes:
            self.stop_cell()
            limit = self.limits.output_bytes / 2**20
            return f"stopped: it printed more than {limit:.0f} MB", STOPPED
        if self.reply.get("status") == "error":
            message = str(self.reply.get("evalue") or "").strip().splitlines()[:1]
            name = str(self.reply.get("ename") or "an exception")[:100]
            return f"{name}: {message[0][:200]}" if message else name, FAILED
        return "", ""

    def stop_cell(self) -> None:
        """Interrupt; a cell that goes on all the same takes its kernel with it."""
        self.kernel.interrupt()
        channel = self.kernel.client.shell_channel
        for _ in range(2):  # the interrupt itself may cost the first question its answer
            self.kernel.client.kernel_info()  # answered once the cell has ended
            if channel.socket.poll(INTERRUPT_SECONDS * 500):
                channel.socket.recv_multipart()
                return
        self.kernel.kill("a cell could not be interrupted")

    async def _async_poll_output_msg(self, *message: Any) -> None:
        """As nbclient does; but under load a socket wakes without a message, and is asked again."""
        while True:
            try:
                await super()._async_poll_output_msg(*message)
                return
            except Empty:
                if not self.kernel.alive:
                    return
                await asyncio.sleep(0.01)

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> Any:
        """Keep outputs up to the limit; the first one beyond it interrupts the cell."""
        if msg.get("msg_type") not in ("status", "execute_input"):
            before = self.written
            self.written += len(str(msg.get("content")))
            if self.written > self.limits.output_bytes:
                if before <= self.limits.output_bytes:
                    self.kernel.interrupt()
                return None
        try:
            return super().process_message(msg, cell, cell_index)
        except CellControlSignal:
            raise
        except Exception:  # a message of the student's own making, of no form
            return None


def _merged(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs with what was printed in a row joined; nbclient's own joining can take minutes."""
    merged: list[NotebookNode] = []
    texts: list[str] = []
    for output in outputs:
        stream = output.output_type == "stream"
        if stream and merged and texts and merged[-1].get("name") == output.name:
            texts.append(str(output.text))
            continue
        if texts:
            merged[-1]["text"], texts = "".join(texts), []
        merged.append(output)
        if stream:
            texts = [str(output.text)]
    if texts:
        merged[-1]["text"] = "".join(texts)
    return merged


class GradingEngine(NBClientEngine):
    """Runs a notebook in the kernel that it is given, and leaves that kernel alive."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        kernel: Kernel = options["kernel"]
        limits: Limits = options["limits"]
        client = _Client(nb_man, kernel, limits, kernel_name=kernel_name, log=LOG)
        client.reset_execution_trackers()
        with client.setup_kernel(cleanup_kc=False):
            client.papermill_execute_cells()
            client.set_widgets_metadata()
        if client.kc is not None:
            client.kc.stop_channels()


papermill_engines.register(ENGINE, GradingEngine)


def execute(
    notebook: NotebookNode, start: Callable[[], Kernel], limits: Limits
) -> tuple[NotebookNode, Kernel | None]:
    """(executed notebook, the kernel that ran it, or None where every one of them died).

    A cell that ends its kernel is left out, and the notebook runs again without it in a fresh one
    from `start`, so that what is defined elsewhere can still be examined. Where that does not come
    to an end, the last kernel runs the cells before the last such cell. The caller closes it.
    """
    for part in (notebook, *notebook.cells):
        part.metadata.setdefault("papermill", NotebookNode())
    give_up = time.monotonic() + 2 * limits.notebook_seconds
    last = False
    for attempt in range(limits.kernel_starts):
        if attempt == limits.kernel_starts - 1 or time.monotonic() > give_up:
            last = True
            _leave_out_the_rest(notebook)
        try:
            kernel = start()
        except AutograderError:
            if attempt == 0:
                raise
            break  # it did start before: whatever keeps it from starting now is the notebook's
        try:
            notebook = papermill_engines.execute_notebook_with_engine(
                ENGINE, notebook, "python3", kernel=kernel, limits=limits, progress_bar=False
            )
        except BaseException:
            kernel.close()
            raise
        if kernel.alive:
            _show_states(notebook)
            return notebook, kernel
        kernel.close()
        if last:
            break
        _give_another_chance(notebook)
    _show_states(notebook)
    return notebook, None


def failed_cells(notebook: NotebookNode) -> tuple[FailedCell, ...]:
    """The code cells that did not complete, each with its reason."""
    return tuple(
        FailedCell(index, cell.metadata.autograder.reason)
        for index, cell in enumerate(notebook.cells)
        if "reason" in cell.metadata.get("autograder", {})
    )


def _state(cell: NotebookNode) -> str:
    return str(cell.metadata.get("autograder", {}).get("state", ""))


def _give_another_chance(notebook: NotebookNode) -> None:
    """Keep only the marks of cells that were stopped themselves."""
    for cell in notebook.cells:
        if _state(cell) != STOPPED:
            cell.metadata.pop("autograder", None)


def _leave_out_the_rest(notebook: NotebookNode) -> None:
    """Mark what comes after the last stopped cell, so that it is not run."""
    stopped = [i for i, cell in enumerate(notebook.cells) if _state(cell) == STOPPED]
    for cell in notebook.cells[max(stopped, default=len(notebook.cells)) :]:
        if cell.cell_type == "code" and not _state(cell):
            reason = "did not run: cells kept ending the notebook's Python"
            cell.metadata["autograder"] = NotebookNode(reason=reason, state=PENDING)


def _show_states(notebook: NotebookNode) -> None:
    """Put each state where papermill keeps it, and tell a reader why a cell was stopped."""
    for cell in notebook.cells:
        if note := cell.metadata.get("autograder"):
            cell.metadata.papermill["status"] = note.state
            if note.state != FAILED:
                text = f"The grader: this cell {note.reason}.\n"
                cell.outputs.append(new_output("stream", name="stderr", text=text))
