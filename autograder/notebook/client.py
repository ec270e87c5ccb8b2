"""Runs all cells of a notebook in a live kernel, each cell within limits.

Jupyter's own client stops at a cell that takes too long, and treats a kernel that ended by
`sys.exit()` as finished. This client continues after a failing cell, stops a cell that exceeds a
limit, and records the cause for every code cell that did not complete. Output stops no cell: what
is too much is left out, see `outputs`.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from queue import Empty
from types import MappingProxyType
from typing import Any, Protocol

import zmq
from jupyter_core.utils import ensure_async, run_sync
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionComplete,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode

from autograder.course import Limits
from autograder.notebook.cells import grade_id
from autograder.notebook.entries import Rich
from autograder.notebook.failure import (
    CellFailure,
    FailureCause,
    record_failure,
    recorded_failure,
)
from autograder.notebook.outputs import RECEIVED, CellOutputs
from autograder.notebook.replies import exception_in
from autograder.notebook.state import (
    code_after_import,
    given_names,
    guard_expression,
    is_given,
    read_changes,
    record_changes,
    was_evaluated,
)
from autograder.notebook.timing import CellTime

ASK_SECONDS = 20.0
LATE = 1.0  # seconds for a reply after an interrupt
OUTPUT_SECONDS = 4.0  # for a cell's last output after its reply
LAST_OUTPUT_SECONDS = 1.0
NOTEBOOK_OUTPUTS = 16  # as many cells may reach the limit on output
NOTHING: Mapping[str, str] = MappingProxyType({})


class KernelControl(Protocol):
    """The operations of a kernel that the client needs besides running cells."""

    @property
    def alive(self) -> bool:
        """Whether the kernel's process is running."""
        ...

    @property
    def ended_because(self) -> str:
        """Why the kernel ended."""

    def stop_cell(self) -> None:
        """Interrupt the running cell. End the kernel if the cell continues."""


def ignore_cell(cell: NotebookNode, index: int) -> None:
    """The default callback of `run_cells`: do nothing."""


class CellClient(NotebookClient):
    """Jupyter's client with limits on time and output."""

    def __init__(
        self,
        notebook: NotebookNode,
        manager: Any,
        control: KernelControl,
        limits: Limits,
        ends: float | None = None,
        **options: Any,
    ):
        """`ends` is when the run must have ended; see `timing.CellTime`."""
        super().__init__(
            notebook,
            km=manager,
            allow_errors=True,
            raise_on_iopub_timeout=False,
            store_widget_state=False,
            **options,
        )
        self.control = control
        self.limits = limits
        self.time = CellTime(notebook, limits, ends)
        self.outputs = CellOutputs(limits.output_bytes)  # of the running cell
        self.room = NOTEBOOK_OUTPUTS * limits.output_bytes  # for all cells' outputs
        self.polling: asyncio.Task[Any] | None = None
        self.displays: list[Rich] = []  # of earlier cells; a later cell can update them
        self.reply: Mapping[str, Any] = {}
        self.answers = True  # whether the kernel still answers between the cells
        self.allowed = 0.0  # seconds for the running cell
        self.timeout_func = lambda cell: self.allowed
        self.on_cell_executed = self.note_reply

    def note_reply(self, cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
        """Keep the content of the kernel's reply to a cell."""
        self.reply = execute_reply["content"]

    def run_cells(
        self,
        on_start: Callable[[NotebookNode, int], None] = ignore_cell,
        on_end: Callable[[NotebookNode, int], None] = ignore_cell,
    ) -> None:
        """Run every code cell that holds code and has no recorded failure.

        What the student's cells changed is put back before an exercise or a cell of the course.
        """
        theirs: list[NotebookNode] = []  # the student's cells since the last step
        names: set[str] = set()  # that the course's cells defined since then
        was_given = True
        for index, cell in enumerate(self.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip() or recorded_failure(cell):
                continue
            given = is_given(cell)
            if given != was_given or (theirs and grade_id(cell)):
                was_alive = self.control.alive
                record_changes(theirs, self.step(names, given))
                if theirs and was_alive and not self.control.alive:
                    because = self.control.ended_because
                    record_failure(theirs[-1], CellFailure(FailureCause.ENDED_PYTHON, because))
                theirs, names, was_given = [], set(), given
            on_start(cell, index)
            failure = self.run_cell(cell, index)
            on_end(cell, index)
            if failure is not None:
                record_failure(cell, failure)
            if given:
                names |= given_names(cell)
            else:
                theirs.append(cell)

    def step(self, names: Collection[str], given: bool) -> list[str]:
        """Let the kernel's guard put settings back. Returns what was changed.

        A kernel that once did not answer is not asked again.
        """
        if not self.answers:
            return []
        return read_changes(self.ask("", {"guard": guard_expression(names, given)}))

    def ask(self, code: str, expressions: Mapping[str, str] = NOTHING) -> Mapping[str, Any]:
        """The content of the kernel's reply to code that runs silently; empty if there is none."""
        found: Mapping[str, Any] = run_sync(self._async_ask)(code, expressions)
        return found

    async def _async_ask(self, code: str, expressions: Mapping[str, str]) -> Mapping[str, Any]:
        if self.kc is None or not self.control.alive:
            return {}
        options = {"silent": True, "store_history": False, "allow_stdin": False}
        sent = self.kc.execute(code, user_expressions=dict(expressions), **options)
        for stopped in (False, True):
            seconds = self.time.for_question(LATE if stopped else ASK_SECONDS)
            content = await self._reply(sent, seconds)
            if content is not None:
                self.answers = not stopped or was_evaluated(content)
                return content
            if not stopped:  # a hook of IPython's can stall, which is over once it is interrupted
                self.time.note_stop()
                self.control.stop_cell()
        self.answers = False
        return {}

    async def _reply(self, sent: str, seconds: float) -> Mapping[str, Any] | None:
        """The content of the reply to the message `sent`, if it arrives."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self.control.alive:
            try:
                reply = await ensure_async(self.kc.shell_channel.get_msg(timeout=min(1.0, left)))
                if reply["parent_header"].get("msg_id") == sent:
                    return dict(reply["content"])
            except Empty:
                continue
            except Exception:  # a forged message can raise any exception here
                break
        return None

    def run_cell(self, cell: NotebookNode, index: int) -> CellFailure | None:
        """Run one cell. Returns its failure, or None if it completed."""
        if not self.control.alive:
            return CellFailure(FailureCause.NOT_RUN_PYTHON_ENDED, self.control.ended_because)
        if not self.time.left:
            return CellFailure(
                FailureCause.NOT_RUN_NOTEBOOK_TIME, f"{self.limits.notebook_seconds:.0f} s"
            )
        room = min(self.room, self.limits.output_bytes)
        self.outputs, self.reply = CellOutputs(room, self.displays), {}
        self.allowed = self.time.for_cell()
        self.iopub_timeout = max(1, round(self.time.for_output(OUTPUT_SECONDS)))
        try:
            self.execute_cell(cell, index)
        except CellTimeoutError:
            ended = not self.control.alive  # a kernel's end is noticed up to a second later
            if not ended:
                self.time.note_stop()
                self.control.stop_cell()
            run_sync(self.end_polling)()
            if ended:
                return CellFailure(FailureCause.ENDED_PYTHON, self.control.ended_because)
            return CellFailure(FailureCause.TIMEOUT, self.time.shown(self.allowed))
        except DeadKernelError:
            return CellFailure(FailureCause.ENDED_PYTHON, self.control.ended_because)
        except Exception as error:  # a forged message can raise any exception here
            self.control.stop_cell()
            return CellFailure(FailureCause.UNREADABLE_OUTPUT, type(error).__name__)
        finally:
            cell.outputs = self.outputs.finished()
            self.room -= self.outputs.size
            self.displays += self.outputs.displays()
        if self.reply.get("status") != "error":
            return None
        failure = exception_in(self.reply, cell.get("execution_count"))
        if failure.exception in ("ModuleNotFoundError", "ImportError"):
            # The grader may lack a package that the student has: what else the cell imports and
            # defines must not be lost for it.
            self.ask(code_after_import(cell.source, failure.line))
        return failure

    async def _async_poll_output_msg(
        self, parent_msg_id: str, cell: NotebookNode, cell_index: int
    ) -> None:
        """Process the cell's messages until it has ended. Leave out messages that are malformed.

        Polls again if the socket wakes without a message, as under load.
        """
        self.polling = asyncio.current_task()
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=None))
                if message["parent_header"].get("msg_id") == parent_msg_id:
                    self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                return
            except Empty:
                if not self.control.alive:
                    return
                await asyncio.sleep(0.01)
            except AssertionError:  # jupyter_client raises this if the channel was closed
                if self.control.alive:
                    raise
                return
            except zmq.ZMQError:
                raise
            except Exception:  # student code can send anything
                pass
            # A flood of messages would keep the time limit from being noticed.
            await asyncio.sleep(0)

    async def end_polling(self) -> None:
        """Collect the last outputs of a stopped cell. nbclient goes on to wait for them, and would
        take messages of the next cell."""
        if self.polling is not None:
            if self.control.alive:
                await asyncio.wait([self.polling], timeout=LAST_OUTPUT_SECONDS)
            self.polling.cancel()

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> Any:
        """Collect outputs. A malformed message can raise any exception."""
        kind = msg["msg_type"]
        if kind in RECEIVED:
            self.outputs.receive(kind, msg["content"], msg["metadata"])
        elif kind in ("status", "execute_input"):
            super().process_message(msg, cell, cell_index)
