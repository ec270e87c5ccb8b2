"""Output stops no cell: what is too much is left out, in a student's check as in grading."""

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from support.tiny import FORGE

from autograder.check.runner import run_clean
from autograder.course import Limits
from autograder.files import remove
from autograder.grading.engine import execute
from autograder.notebook.failure import CellFailure, FailureCause, recorded_failure
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder

REPOSITORY = Path(__file__).resolve().parents[2]
MIB = 2**20
LIMITS = Limits(cell_seconds=20, notebook_seconds=60)

Cells = list[NotebookNode]


EVERY_WAY = pytest.mark.parametrize("way", ["check", "warm", "cold"])


@pytest.fixture(params=["check", "warm"])
def way(request: pytest.FixtureRequest) -> str:
    """How a notebook runs: as in `autograder check`, or as in grading, in a session that is forked
    from a template. EVERY_WAY adds a session that starts cold."""
    return str(request.param)


@pytest.fixture
def run(way: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Cells]]:
    """run(*sources) is the executed cells."""
    with ExitStack() as stack:

        def check(notebook: NotebookNode, limits: Limits) -> NotebookNode:
            return run_clean(notebook, Path("none"), limits)

        def grade(notebook: NotebookNode, limits: Limits) -> NotebookNode:
            def start() -> Kernel:
                work = temporary_folder("work")
                stack.callback(remove, work)
                launcher = Launcher(limits, REPOSITORY, warm=way == "warm")
                kernel = start_kernel(launcher, work)
                stack.callback(kernel.close)
                return kernel

            return execute(notebook, start, limits)[0]

        def go(*sources: str, limits: Limits = LIMITS) -> Cells:
            notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
            return (check if way == "check" else grade)(notebook, limits).cells

        if way != "check":
            request.getfixturevalue("needs_sandbox")
        yield go


def failures(cells: Cells) -> list[CellFailure | None]:
    return [recorded_failure(cell) for cell in cells]


def printed(cell: NotebookNode, stream: str = "stdout") -> str:
    return "".join(one.text for one in cell.outputs if one.get("name") == stream)


def pictures(cell: NotebookNode) -> int:
    return sum("image/png" in one.get("data", {}) for one in cell.outputs)


LARGE = {
    "html": "display(HTML('x' * 5_000_000))",
    "figure": "import numpy as np, matplotlib.pyplot as plt\n"
    "plt.figure(dpi=300)\nplt.imshow(np.random.uniform(size=(1500, 1500, 3)))\nplt.show()",
    "plotly": "display({'application/vnd.plotly.v1+json': {'data': [0.5] * 1_000_000},"
    " 'text/html': 'a figure'}, raw=True)",
    "gigantic": "display(HTML('x' * 150_000_000))",
    "value": "HTML('x' * 5_000_000)",
}


def test_a_large_output_is_left_out_and_the_code_goes_on(run: Callable[..., Cells]) -> None:
    start = "from IPython.display import HTML, display\n"
    sources = [f"{start}{large}\nafter = 1" for large in LARGE.values()]
    sources[-1] = start + LARGE["value"]
    cells = run(*[part for source in sources for part in (source, "print(after)\ndel after")][:-1])
    assert failures(cells) == [None] * len(cells)
    assert [printed(cell) for cell in cells[1::2]] == ["1\n"] * (len(sources) - 1)
    for name, cell in zip(LARGE, cells[::2], strict=True):
        text = printed(cell)
        assert text.endswith(" MB was left out]\n") and text.startswith("[an output of "), name
        assert len(json.dumps(cell.outputs)) < 1000, name


def test_small_outputs_after_a_large_one_are_shown(run: Callable[..., Cells]) -> None:
    source = (
        "from IPython.display import HTML, display\nprint('first')\n"
        "display(HTML('x' * 5_000_000))\nprint('second')\ndisplay(HTML('small'))"
    )
    (cell,) = run(source)
    assert printed(cell) == "first\n[an output of 5 MB was left out]\nsecond\n"
    assert cell.outputs[-1].data["text/html"] == "small"


@EVERY_WAY
def test_a_progress_bar_takes_no_longer_than_its_code(run: Callable[..., Cells]) -> None:
    """With a message for each flush, each of these cells takes more than 40 s."""
    bar = "\nfor i in range(400_000):\n    {0}.write(f'\\rstep {{i}} of 400000'); {0}.flush()\n"
    cells = run(
        "import sys" + bar.format("sys.stdout") + "done = 1",
        "def f():" + bar.replace("\n", "\n    ").format("sys.stderr") + "\nf()\nprint('end')",
        "for i in range(400_000): print(i, end='\\b' * len(str(i)), flush=True)",
    )
    assert failures(cells) == [None] * 3
    assert printed(cells[0]) == "step 399999 of 400000"
    assert printed(cells[1], "stderr") == "step 399999 of 400000"
    assert printed(cells[2]) == "399999"


def test_a_progress_bar_of_tqdm_ends_before_what_is_printed_next(run: Callable[..., Cells]) -> None:
    pytest.importorskip("tqdm")
    loop = "for i in tqdm(range(20_000), mininterval=0, miniters=1): pass"
    (cell,) = run(f"from tqdm import tqdm\n{loop}\nprint('end')")
    assert failures([cell]) == [None]
    bar, end = cell.outputs
    assert (bar.name, bar.text.count("\n"), end.text) == ("stderr", 1, "end\n")
    assert bar.text.startswith("100%") and "20000/20000" in bar.text


def test_long_text_keeps_its_beginning_and_its_end(run: Callable[..., Cells]) -> None:
    cells = run("for i in range(200_000): print('line', i)", "print('x' * 50_000_000)")
    assert failures(cells) == [None, None]
    text = printed(cells[0])
    assert text.startswith("line 0\nline 1\n") and text.endswith("\nline 199999\n")
    assert text.count("characters of text were left out]\n") == 1
    assert "49,980,001 characters of text were left out" in printed(cells[1])
    assert all(len(json.dumps(cell.outputs)) < 40_000 for cell in cells)


@EVERY_WAY
def test_text_and_figures_keep_their_order(run: Callable[..., Cells]) -> None:
    source = (
        "import sys, matplotlib.pyplot as plt\nprint('a', flush=True)\n"
        "print('b', file=sys.stderr, flush=True)\nprint('c')\nplt.plot([1, 2])\nplt.show()\n"
        "print('d')\nsys.stdout.write('e')\n'value'"
    )
    (cell,) = run(source)
    kinds = [one.get("name") or ("image/png" in one.data and "figure") for one in cell.outputs]
    assert kinds == ["stdout", "stderr", "stdout", "figure", "stdout", False]
    assert [one.text for one in cell.outputs if "text" in one] == ["a\n", "b\n", "c\n", "d\ne"]


def test_what_a_forked_process_prints_is_shown_once(run: Callable[..., Cells]) -> None:
    fork = (
        "import multiprocessing\n"
        "def work():\n"
        "    for i in range(100): print('child', i, flush=True)\n"
        "print('parent')\n"
        "child = multiprocessing.get_context('fork').Process(target=work)\n"
        "child.start(); child.join()\n"
    )
    (cell,) = run(fork)
    lines = ["parent", *(f"child {i}" for i in range(100))]
    assert sorted(printed(cell).splitlines()) == sorted(lines)


THREAD = "import threading\ndef f():\n    while True: print('x'{})\n" + (
    "threading.Thread(target=f, daemon=True).start()"
)
# The largest memory of the kernel so far, in MB.
MEMORY = "from resource import *\n{} = getrusage(RUSAGE_SELF).ru_maxrss / 1000"


@pytest.mark.parametrize("options", ["", ", flush=True", " * 10_000"], ids=["", "flush", "long"])
def test_a_thread_that_prints_without_end_disturbs_no_cell(
    run: Callable[..., Cells], options: str
) -> None:
    before = psutil.Process().memory_info().rss
    work = "import time\nstart = time.perf_counter()\ntotal = sum(range(20_000_000))\n"
    took = "open('took', 'a').write(f'{time.perf_counter() - start}\\n')"
    check = "alone, beside = map(float, open('took'))\nassert beside < 2 * alone + 1"
    cells = run(
        work + took, MEMORY.format("first"), THREAD.format(options), work + took,
        *["c = 3"] * 20, check, MEMORY.format("last"), "assert last - first < 50",
        limits=replace(LIMITS, cell_seconds=10, notebook_seconds=25),
    )  # fmt: skip
    assert failures(cells) == [None] * len(cells)
    assert psutil.Process().memory_info().rss - before < 200 * MIB


LOOPS = [
    "print('x' * 1000)",
    "print('x', flush=True)",
    "display(HTML('x' * 10_000))",
    "display(HTML('x' * 10_000_000))",
    "shown.update('x')",
    "os.write(1, b'x' * 1000)",
    "print('x'); print('y', file=sys.stderr)",
    "clear_output(wait=True); print('x')",
]


def test_only_the_time_limit_stops_a_loop_that_prints_without_end(
    run: Callable[..., Cells],
) -> None:
    before = psutil.Process().memory_info().rss
    loops = [(f"before = {i}\nwhile True: {loop}", "print(before)") for i, loop in enumerate(LOOPS)]
    start, *pairs, _, memory = run(
        "import os, sys\nfrom IPython.display import HTML, clear_output, display\n"
        "shown = display('', display_id=True)\n" + MEMORY.format("first"),
        *itertools.chain(*loops),
        MEMORY.format("last"),
        "assert last - first < 400",
        limits=replace(LIMITS, cell_seconds=1, notebook_seconds=200),
    )
    stopped = CellFailure(FailureCause.TIMEOUT, "1 s")
    assert failures([start, memory]) == [None, None]
    assert failures(pairs) == [stopped, None] * len(LOOPS)
    for number, (loop, after) in enumerate(zip(pairs[::2], pairs[1::2], strict=True)):
        assert printed(after).startswith(f"{number}\n"), LOOPS[number]
        assert len(json.dumps(loop.outputs)) < 5 * MIB, LOOPS[number]
    assert psutil.Process().memory_info().rss - before < 400 * MIB


def test_a_stopped_cell_shows_where_it_was_and_the_next_one_does_not(
    run: Callable[..., Cells],
) -> None:
    loop = "print('begun')\nwhile True: pass"
    cells = run(loop, "print('next')", limits=replace(LIMITS, cell_seconds=2))
    assert printed(cells[0]).startswith("begun\n")
    assert [one.ename for one in cells[0].outputs if one.output_type == "error"] == [
        "KeyboardInterrupt"
    ]
    assert [one.get("text") for one in cells[1].outputs] == ["next\n"]


FLOODS = {
    "displays": 'send("display_data", {"data": {"text/plain": "x" * 10_000}, "metadata": {}})',
    "text": 'send("stream", {"name": "stdout", "text": "x" * 10_000})',
    "errors": 'send("error", {"ename": "E", "evalue": "x" * 10_000, "traceback": ["x"]})',
    "malformed": 'send("stream", {"name": 5})',
    "unreadable": 'kernel.iopub_socket.send_multipart([b"", b"<IDS|MSG>"] + [b"{}"] * 5)',
    "past_the_kernels_own_limits": "for _ in range(100):\n"
    '        parts = session.serialize(session.msg("stream",\n'
    '            {"name": "stdout", "text": "x" * 100_000}, parent=request))\n'
    "        kernel.iopub_socket.io_thread.send_multipart(parts)",
}


def test_a_forged_flood_costs_its_own_cell_at_most(run: Callable[..., Cells]) -> None:
    before = psutil.Process().memory_info().rss
    cells = run(
        *itertools.chain(
            *(
                (
                    f"{FORGE}\nbefore = '{name}'\nwhile True:\n    {flood}",
                    "print(before)",
                    "print('after')",
                )
                for name, flood in FLOODS.items()
            )
        ),
        limits=replace(LIMITS, cell_seconds=2, notebook_seconds=200),
    )
    stopped = CellFailure(FailureCause.TIMEOUT, "2 s")
    for name, at in zip(FLOODS, range(0, len(cells), 3), strict=True):
        assert failures(cells[at : at + 3]) == [stopped, None, None], name
        assert [printed(cell) for cell in cells[at + 1 : at + 3]] == [f"{name}\n", "after\n"], name
        assert len(json.dumps(cells[at].outputs)) < 6 * MIB, name
    assert psutil.Process().memory_info().rss - before < 400 * MIB


BACKENDS = {
    "use": "import matplotlib\nmatplotlib.use('TkAgg')",
    "use_a_missing_package": "import matplotlib\nmatplotlib.use('module://ipympl.backend_nbagg')",
    "use_a_missing_name": "import matplotlib\nmatplotlib.use('ipympl')",
    "switch": "import matplotlib.pyplot as plt\nplt.switch_backend('Qt5Agg')",
    "qt": "%matplotlib qt",
    "widget": "%matplotlib widget",
    "notebook": "%matplotlib notebook",
}


@EVERY_WAY
@pytest.mark.parametrize("names", [[*BACKENDS], ["environment"]], ids=["chosen", "environment"])
def test_a_backend_that_needs_a_display_becomes_the_inline_one(
    run: Callable[..., Cells], names: list[str]
) -> None:
    sources = BACKENDS | {"environment": "import os\nos.environ['MPLBACKEND'] = 'TkAgg'"}
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    cells = run(
        *itertools.chain(
            *((f"{sources[name]}\n{plot}", plot, f"{plot}\nplt.show()") for name in names)
        )
    )
    assert failures(cells) == [None] * len(cells)
    for name, at in zip(names, range(0, len(cells), 3), strict=True):
        three = cells[at : at + 3]
        assert [pictures(cell) for cell in three] == [1, 1, 1], name
        (warning,) = printed(three[0], "stderr").splitlines()
        assert warning.endswith(" is not available here; figures are shown inline"), name
        assert [printed(cell, "stderr") for cell in three[1:]] == ["", ""], name


@EVERY_WAY
def test_a_backend_changes_again_and_again(run: Callable[..., Cells]) -> None:
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    sources = (plot, f"%matplotlib qt\n{plot}", f"%matplotlib inline\n{plot}", "%gui tk")
    cells = run(*sources, f"plt.switch_backend('Agg')\n{plot}", f"%matplotlib inline\n{plot}")
    assert failures(cells) == [None] * 6
    assert [pictures(cell) for cell in cells] == [1, 1, 1, 0, 0, 1]


WIDGETS = {
    "print": "def f(x):\n    print('x is', x)\ninteract(f, x=(0, 10))",
    "plot": "import matplotlib.pyplot as plt\ndef f(x):\n    plt.plot([0, x])\n    plt.show()\n"
    "interact(f, x=(0, 10));",
    "output": "o = ipywidgets.Output()\nwith o:\n    print('x is 5')\n    o.clear_output()\n"
    "display(o)\nwith o:\n    1 / 0",
    "tqdm": "from tqdm.notebook import tqdm\nfor i in tqdm(range(50)):\n    pass\nprint('x is 5')",
    "clear": "from IPython.display import clear_output\nfor i in range(6):\n"
    "    clear_output(wait=True)\n    print('x is', i)",
}


@EVERY_WAY
def test_widgets_neither_stop_nor_hide_anything(run: Callable[..., Cells]) -> None:
    for package in ("ipywidgets", "tqdm"):
        pytest.importorskip(package)
    start = "import ipywidgets\nfrom ipywidgets import interact\nprint('before')\n"
    sources = [start + widget for widget in WIDGETS.values()] * 4
    cells = run(*sources, limits=replace(LIMITS, cell_seconds=10))
    assert failures(cells) == [None] * len(sources)
    for name, cell in zip([*WIDGETS] * 4, cells, strict=True):
        assert ("x is 5\n" in printed(cell)) == (name != "plot"), name
        assert printed(cell).startswith("before\n") == (name != "clear"), name
        assert pictures(cell) == (name == "plot"), name


LOADER = """
import torch
from torch.utils.data import DataLoader, TensorDataset
big = torch.ones(75 * 2**20){share}
data = TensorDataset(torch.ones(320, 4), torch.ones(320))
loader = DataLoader(data, batch_size=10, num_workers=16, persistent_workers={persistent})
print(sum(len(batch) for _ in range(2) for batch, _ in loader))
"""


@pytest.mark.parametrize(
    ("share", "persistent"), [("", False), (".share_memory_()", True)], ids=["copied", "shared"]
)
def test_sixteen_workers_beside_a_large_tensor_stay_within_the_limits(
    run: Callable[..., Cells], share: str, persistent: bool
) -> None:
    source = LOADER.format(share=share, persistent=persistent)
    (cell,) = run(source, limits=replace(LIMITS, cell_seconds=40))
    assert failures([cell]) == [None]
    assert printed(cell) == "640\n"


def test_a_crash_says_that_it_may_be_for_memory(run: Callable[..., Cells]) -> None:
    crash = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    limits = replace(LIMITS, kernel_starts=2)
    (cell,) = run(crash, limits=limits)
    assert failures([cell]) == [
        CellFailure(FailureCause.ENDED_PYTHON, "it crashed, perhaps out of memory")
    ]
    (cell,) = run("import os\nos._exit(3)", limits=limits)
    assert failures([cell]) == [CellFailure(FailureCause.ENDED_PYTHON, "it was told to exit")]


GROWS = {
    "slowly": "held = []\nwhile True: held.append(np.ones(2**20))",
    "in_children": "import multiprocessing, time\n"
    "def work():\n    held = np.ones(60 * 2**20 // 8)\n    time.sleep(60)\n"
    "fork = multiprocessing.get_context('fork')\n"
    "for _ in range(10): fork.Process(target=work, daemon=True).start()\ntime.sleep(60)",
}


@pytest.mark.parametrize("grows", GROWS.values(), ids=GROWS)
def test_memory_beyond_the_limit_ends_python_and_the_next_cells_run(
    run: Callable[..., Cells], grows: str
) -> None:
    limits = replace(LIMITS, memory_bytes=400 * MIB)
    cells = run("import numpy as np\nkept = 1", grows, "print(kept)", limits=limits)
    first, grown, last = failures(cells)
    assert (first, last) == (None, None)
    assert grown is not None
    if grown.cause is FailureCause.ENDED_PYTHON:
        assert grown.detail == "it used more than 400 MB of memory"
    else:  # one process alone cannot have so much
        assert "MemoryError" in str(grown)
