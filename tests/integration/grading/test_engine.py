"""Every way in which a cell can end, and what becomes of the cells around it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
import pytest
from jupyter_client.channels import AsyncZMQSocketChannel
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from support.attached import Student

from autograder.course import Limits
from autograder.files import remove
from autograder.grading.annotate import show_stopped_cells
from autograder.grading.engine import execute, failed_cells
from autograder.grading.failures import MissingName
from autograder.notebook.reader import read_notebook
from autograder.results import wording
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder

pytestmark = pytest.mark.usefixtures("needs_sandbox")

REPOSITORY = Path(__file__).resolve().parents[3]
MIB = 2**20
LIMITS = Limits(
    cell_seconds=2, notebook_seconds=30, memory_bytes=600 * MIB, processes=24,
    disk_bytes=64 * MIB, output_bytes=MIB, kernel_starts=3,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.sandbox.kernel.INTERRUPT_SECONDS", 1.5)


@dataclass(frozen=True)
class Run:
    """An executed notebook, and the student that lives on in its last kernel."""

    notebook: NotebookNode
    kernel: Kernel | None
    starts: int

    @property
    def student(self) -> Student:
        return Student(self.kernel, LIMITS)

    @property
    def states(self) -> list[str]:
        cells = [cell for cell in self.notebook.cells if cell.cell_type == "code"]
        return [cell.metadata.papermill.status for cell in cells]

    @property
    def reasons(self) -> dict[int, str]:
        return {
            cell.index: wording.cell_failure(cell.failure) for cell in failed_cells(self.notebook)
        }

    def text(self, index: int) -> str:
        return json.dumps(self.notebook.cells[index].outputs)


@pytest.fixture
def run() -> Iterator[Callable[..., Run]]:
    """run(*cells) executes code cells, or a notebook, in a sandbox of its own."""
    with ExitStack() as stack:

        def go(*cells: Any, limits: Limits = LIMITS) -> Run:
            kernels: list[Kernel] = []

            def start() -> Kernel:
                work = temporary_folder("work")  # the last kernel may have filled its own
                stack.callback(remove, work)
                kernels.append(start_kernel(Launcher(limits, REPOSITORY), work))
                stack.callback(kernels[-1].close)
                return kernels[-1]

            made = [c if isinstance(c, NotebookNode) else new_code_cell(c) for c in cells]
            done, kernel = execute(new_notebook(cells=made), start, limits)
            show_stopped_cells(done)
            return Run(done, kernel, len(kernels))

        yield go


def test_every_cell_runs_and_its_kernel_lives_on(run: Callable[..., Run]) -> None:
    done = run("a = 1", new_markdown_cell("text"), "a += 1\na", "")
    assert done.states == ["completed"] * 3
    assert done.reasons == {}
    assert done.notebook.cells[2].outputs[0].data["text/plain"] == "2"
    assert done.student.a == 2


def test_a_socket_that_wakes_without_a_message_costs_nothing(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    get_msg, woken = AsyncZMQSocketChannel.get_msg, []

    async def wake_first(channel: Any, timeout: float | None = None) -> Any:
        if timeout is None and len(woken) < 3:  # what waits for outputs has no timeout
            woken.append(1)
            raise Empty
        return await get_msg(channel, timeout)

    monkeypatch.setattr(AsyncZMQSocketChannel, "get_msg", wake_first)
    done = run("print('one')", "print('two')")
    assert woken == [1, 1, 1]
    assert done.states == ["completed"] * 2
    assert "one" in done.text(0) and "two" in done.text(1)


def test_a_failing_cell_does_not_stop_the_rest(run: Callable[..., Run]) -> None:
    done = run("a = 1", "b = 2\n1 / 0", "c = 3", "this is no Python")
    assert done.states == ["completed", "failed", "completed", "failed"]
    assert done.reasons[1] == "ZeroDivisionError: division by zero"
    assert done.reasons[3].startswith("SyntaxError")
    assert (done.student.a, done.student.b, done.student.c) == (1, 2, 3)
    assert done.starts == 1


def test_leaving_politely_is_seen(run: Callable[..., Run]) -> None:
    """papermill alone takes a notebook that ends with `sys.exit()` for a finished one."""
    done = run("a = 1", "import sys\nsys.exit()", "c = 3", "exit()", "e = 5")
    assert [done.states[i] for i in (0, 1, 2, 4)] == ["completed", "failed"] + ["completed"] * 2
    assert done.states[3] in ("completed", "failed")  # IPython takes it for a wish, or an exception
    assert done.reasons[1] == "SystemExit"
    assert [getattr(done.student, name) for name in "ace"] == [1, 3, 5]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os\nos._exit(0)", "told to exit"),
        ("import ctypes\nctypes.string_at(0)", "crashed, perhaps out of memory"),
        (
            "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n"
            "        hog = b'x' * (300 << 20)\n        time.sleep(9)\ntime.sleep(9)",
            "more than 600 MB of memory",
        ),
        ("import os\nwhile True:\n    os.fork()", "it "),
        (
            "import time\nfor i in range(9):\n    open(f'f{i}', 'wb').write(b'x' * (10 << 20))\n"
            "time.sleep(9)",
            "more than 64 MB to disk",
        ),
    ],
    ids=["_exit", "crash", "memory", "fork_bomb", "disk"],
)
def test_a_cell_that_ends_python_is_left_out(
    run: Callable[..., Run], source: str, reason: str
) -> None:
    done = run("a = 1", source, "c = a + 2", limits=replace(LIMITS, cell_seconds=20))
    assert done.states == ["completed", "stopped", "completed"]
    assert list(done.reasons) == [1]
    assert done.reasons[1].startswith("ended the notebook's Python: ")
    assert reason in done.reasons[1]
    assert "The grader: this cell ended" in done.text(1)
    assert (done.student.a, done.student.c, done.starts) == (1, 3, 2)


def test_an_endless_loop_is_stopped(run: Callable[..., Run]) -> None:
    done = run("a = 1", "b = 2\nwhile True: pass", "c = 3")
    assert done.states == ["completed", "stopped", "completed"]
    assert done.reasons[1] == "stopped after 2 s (an endless loop?)"
    assert "The grader: this cell stopped after 2 s" in done.text(1)
    assert (done.student.a, done.student.b, done.student.c) == (1, 2, 3)
    assert done.starts == 1


def test_a_loop_that_catches_the_interrupt_is_stopped(run: Callable[..., Run]) -> None:
    stay = "while True:\n        try:\n            {}\n        except BaseException: pass"
    again = "def again():\n    " + stay.format("while True: pass")
    done = run("a = 1", again + "\nif True:\n    " + stay.format("again()"), "c = 3")
    assert done.states == ["completed", "stopped", "completed"]
    assert done.reasons == {1: "stopped after 2 s (an endless loop?)"}
    assert (done.student.a, done.student.c) == (1, 3)


@pytest.mark.parametrize(
    "source",
    [
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["ignores_the_interrupt", "stands_still"],
)
def test_a_cell_that_refuses_to_stop_costs_its_kernel(run: Callable[..., Run], source: str) -> None:
    done = run("a = 1", source, "c = 3")
    assert done.states == ["completed", "stopped", "completed"]
    assert done.reasons == {1: "stopped after 2 s (an endless loop?)"}
    assert (done.student.a, done.student.c, done.starts) == (1, 3, 2)


def test_a_little_output_is_kept(run: Callable[..., Run]) -> None:
    done = run("print('x' * 1000)\nimport sys\nprint('careful', file=sys.stderr)")
    assert "x" * 1000 in done.text(0) and "careful" in done.text(0)
    assert done.states == ["completed"]


def test_memory_beyond_the_limit_is_the_cells_error(run: Callable[..., Run]) -> None:
    done = run("a = 1", "b = bytearray(2 * 10**9)", "c = 3")
    assert done.states == ["completed", "failed", "completed"]
    assert done.reasons[1].startswith("MemoryError")
    assert (done.student.a, done.student.c, done.starts) == (1, 3, 1)


def test_a_question_has_nobody_to_answer_it(run: Callable[..., Run]) -> None:
    done = run("a = 1", "b = input('name? ')", "c = 3")
    assert done.states == ["completed", "failed", "completed"]
    assert done.reasons[1].startswith("StdinNotImplementedError")
    assert (done.student.a, done.student.c) == (1, 3)


def test_the_notebooks_time_ends_too(run: Callable[..., Run]) -> None:
    limits = Limits(cell_seconds=2, notebook_seconds=2.5, kernel_starts=1)
    done = run("a = 1", *["import time\ntime.sleep(1.5)"] * 3, "c = 3", limits=limits)
    assert done.states[0] == "completed"
    assert done.states[-1] == "pending"
    assert done.reasons[4].startswith("did not run: the notebook took more than")
    assert "The grader: this cell did not run" in done.text(4)
    assert done.student.a == 1
    with pytest.raises(MissingName):
        _ = done.student.c


def test_a_notebook_of_cells_that_end_python_keeps_its_beginning(run: Callable[..., Run]) -> None:
    """More of them than kernels: the last kernel runs what came before the last of them."""
    done = run("a = 1", *["import os\nos._exit(1)"] * (LIMITS.kernel_starts + 2), "c = 3")
    assert done.starts == LIMITS.kernel_starts
    assert done.states[0] == "completed"
    assert "stopped" in done.states and done.states[-1] == "pending"
    assert done.reasons[len(done.states) - 1].startswith("did not run: ")
    assert done.student.a == 1


def test_marks_that_were_handed_in_are_ignored(run: Callable[..., Run], tmp_path: Path) -> None:
    """`submission` does not let them in."""
    for mark in ({"state": "stopped", "reason": "mine"}, {"state": "failed"}, 5):
        marked = new_notebook(
            cells=[new_code_cell("a = 1", metadata={"autograder": mark, "papermill": {"a": 1}})],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(marked, tmp_path / "marked.ipynb")
        read = read_notebook(tmp_path / "marked.ipynb").notebook
        assert set(read.cells[0].metadata) == set()
    done = run(*read.cells)
    assert done.states == ["completed"]
    assert done.reasons == {}
    assert done.student.a == 1
    assert "status" in done.notebook.cells[0].metadata.papermill
