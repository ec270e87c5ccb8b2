"""Whatever a submission does, it ends within its time, and its other exercises keep their points.

The limits are small, so that each test is short, and follow the speed of the machine: a kernel's
start takes 0.4 s if it is warm and 3 s if it is cold, and on a busy machine much longer.
"""

import contextlib
import os
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from nbformat.v4 import new_code_cell
from support.tiny import DOUBLE, LIMITS, MARK, REPOSITORY, TRIPLE, notebook

from autograder.course import Limits
from autograder.results.model import Outcome, SubmissionResult
from autograder.sandbox.bubblewrap import WORK
from autograder.sandbox.kernel import start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder, temporary_root

pytestmark = pytest.mark.usefixtures("needs_sandbox")


# Each of these tests waits for limits of time. So some run always, the others with --thorough.
def some_of(values: dict[str, str], *chosen: str) -> pytest.MarkDecorator:
    """Parametrize a test with the chosen values, and with all of them if it runs thoroughly."""
    assert set(chosen) <= set(values)
    return pytest.mark.parametrize(
        "source",
        [
            pytest.param(value, id=name, marks=() if name in chosen else pytest.mark.thorough)
            for name, value in values.items()
        ],
    )


@pytest.fixture(
    scope="module",
    params=[True, pytest.param(False, marks=pytest.mark.thorough)],
    ids=["warm", "cold"],
    autouse=True,
)
def warm(request: pytest.FixtureRequest) -> bool:
    """As for all tests of the sandbox, but cold sessions are for thorough runs."""
    return bool(request.param)


@pytest.fixture(scope="module")
def short(warm: bool) -> Limits:
    """The limits. Starts the template first, which all submissions of a class share."""
    launcher = Launcher(LIMITS, REPOSITORY, warm=warm)
    for _ in range(2):
        started = time.monotonic()
        start_kernel(launcher, temporary_folder("work")).close()
        seconds = time.monotonic() - started
    return replace(
        LIMITS,
        cell_seconds=2 + seconds,
        notebook_seconds=8 + 8 * seconds,
        call_seconds=2 + seconds,
        exercise_seconds=4 + 2 * seconds,
        kernel_starts=4,
    )


class Graded(NamedTuple):
    result: SubmissionResult
    seconds: float

    @property
    def scores(self) -> dict[str, float]:
        return {exercise.name: exercise.score for exercise in self.result.exercises}


@pytest.fixture
def bounded(
    graded: Callable[..., SubmissionResult], short: Limits
) -> Iterator[Callable[..., Graded]]:
    """bounded(**cells) grades a notebook with these cells, and fails if it takes too long.

    What the notebook started must have ended with it, too.
    """

    def run(**cells: str) -> Graded:
        book = notebook(**{name: textwrap.dedent(source) for name, source in cells.items()})
        started = time.monotonic()
        result = graded(book, limits=short)
        seconds = time.monotonic() - started
        assert seconds < short.total_seconds
        assert result.seconds <= seconds
        spent = result.times
        parts = spent.start + spent.cells + spent.restarts + sum(spent.tests.values())
        assert parts == pytest.approx(result.seconds, abs=2)
        return Graded(result, seconds)

    before = _sandboxed()
    yield run
    deadline = time.monotonic() + 5
    while _sandboxed() - before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _sandboxed() - before


def _sandboxed() -> set[int]:
    """Processes in a sandbox of this process: one of its temporary folders is mounted there."""
    found = set()
    for process in psutil.process_iter():
        with contextlib.suppress(OSError):
            mounts = Path(f"/proc/{process.pid}/mountinfo").read_text()
            if f" {WORK} " in mounts and str(temporary_root()) in mounts:
                found.add(process.pid)
    return found


STALL = {
    # A loop in C, which holds Python's lock: no thread of the kernel answers.
    "in_c": "sum(range(10**12))",
    "regular_expression": "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
    "sleep_with_the_lock": "import ctypes\nctypes.PyDLL(None).sleep(1000)",
    "signals_ignored": """
        import signal
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN)
        while True:
            pass
    """,
    "interrupts_swallowed": """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
    """,
    "stopped": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "all_stopped": "import os, signal\nos.kill(-1, signal.SIGSTOP)\nos.kill(os.getpid(), 19)",
    "fork_and_stop": """
        import os, signal
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
        os.kill(os.getpid(), signal.SIGSTOP)
    """,
    "replaced": """
        import os, sys
        os.execv(sys.executable, [sys.executable, "-c", "import time\\nwhile True: time.sleep(1)"])
    """,
    "clock_turned_back": """
        import time
        now = time.time()
        time.time = time.monotonic = time.perf_counter = lambda: now - 10**6
        while True:
            pass
    """,
    "control_answered": """
        import threading, time
        kernel = get_ipython().kernel
        def answer():
            while True:
                for stream in (kernel.control_stream, kernel.shell_stream):
                    for kind in ("interrupt", "shutdown", "kernel_info"):
                        parent = {"header": {"msg_id": "any"}}
                        kernel.session.send(stream, f"{kind}_reply", {"status": "ok"}, parent)
                time.sleep(0.01)
        threading.Thread(target=answer, daemon=True).start()
        sum(range(10**12))
    """,
    "interrupt_disarmed": """
        import time
        kernel = get_ipython().kernel
        async def ignore(stream, ident, parent):
            kernel.session.send(stream, "interrupt_reply", {"status": "ok"}, parent, ident=ident)
        kernel.interrupt_request = kernel.control_handlers["interrupt_request"] = ignore
        while True:
            time.sleep(1)
    """,
    # The sockets too: then neither side's messages arrive, and sending them would wait for ever.
    "descriptors_flooded": """
        import os, threading, time
        def flood(descriptor):
            try:
                for _ in range(2000):
                    os.write(descriptor, b"flood\\n" * 10_000)
            except OSError:
                pass
        for descriptor in range(1, 64):
            threading.Thread(target=flood, args=(descriptor,), daemon=True).start()
        time.sleep(3)
    """,
    "flood": """
        import sys
        while True:
            try:
                while True:
                    print("x" * 10_000)
            except BaseException:
                pass
    """,
}


@some_of(
    STALL,
    "in_c",
    "signals_ignored",
    "replaced",
    "control_answered",
    "descriptors_flooded",
    "flood",
)
def test_a_cell_that_stalls_costs_no_exercise_its_points(
    bounded: Callable[..., Graded], source: str
) -> None:
    assert bounded(first=source).result.score == 3.0


@some_of(STALL, "sleep_with_the_lock", "stopped", "clock_turned_back", "interrupt_disarmed")
def test_a_call_that_stalls_costs_the_other_exercise_nothing(
    bounded: Callable[..., Graded], source: str
) -> None:
    """`double` answers its check, and stalls in its first hidden test."""
    double = "def double(x):\n    if abs(x) < 100:\n        return 2 * x\n"
    stall = textwrap.indent(textwrap.dedent(source), "    ")
    triple = "def triple(x):\n    return 3 * x"
    done = bounded(double=double + stall, triple=triple)
    assert done.scores == {"double": 0.0, "triple": 1.0}
    assert done.result.exercises[0].tests[0].outcome in (Outcome.TIMEOUT, Outcome.KERNEL_DIED)


HOOKS = {
    f"{hook}-{name}": f"""
        import time
        get_ipython().events.register("{hook}", lambda *a: {stall})
    """
    for hook in ("pre_run_cell", "post_run_cell", "pre_execute", "post_execute")
    for name, stall in {"sleep": "time.sleep(1000)", "in_c": "sum(range(10**12))"}.items()
}


@some_of(HOOKS, "pre_run_cell-sleep", "post_execute-in_c")
def test_hooks_between_the_cells_cost_no_exercise_its_points(
    bounded: Callable[..., Graded], source: str
) -> None:
    assert bounded(first=source).result.score == 3.0


BETWEEN = {
    "destructor": """
        import time
        class Stay:
            def __del__(self):
                while True:
                    try:
                        time.sleep(1000)
                    except BaseException:
                        pass
        stay = Stay()
        del stay
    """,
    "at_exit": """
        import atexit, time
        atexit.register(time.sleep, 1000)
        get_ipython().kernel.do_shutdown = lambda restart: time.sleep(1000)
    """,
    "every_line": """
        import sys, time
        def trace(*event):
            time.sleep(0.5)
            return trace
        sys.settrace(trace)
    """,
    "put_back": """
        import numpy
        numpy.geterr = lambda: sum(range(10**12))
    """,
}


@some_of(BETWEEN, "destructor", "at_exit", "every_line", "put_back")
def test_what_stalls_between_cells_costs_no_exercise_its_points(
    bounded: Callable[..., Graded], source: str
) -> None:
    assert bounded(first=source).result.score == 3.0


@pytest.mark.parametrize(
    "delay",
    [pytest.param(0.02, id="slow", marks=pytest.mark.thorough), pytest.param(1000, id="never")],
)
def test_an_audit_hook_cannot_be_removed_and_costs_only_this_submission(
    bounded: Callable[..., Graded], delay: float
) -> None:
    bounded(first=f"import sys, time\nsys.addaudithook(lambda *a: time.sleep({delay}))")


VALUES = {
    "array": "object): __array__ = lambda self, *a, **k: time.sleep(1000)",
    "iter": "list): __iter__ = __len__ = lambda self: time.sleep(1000)",
    "reduce": "object): __reduce__ = __reduce_ex__ = lambda *a: time.sleep(1000)",
    "float": "float): __float__ = __index__ = __int__ = lambda self: time.sleep(1000)",
    "getattr": "object): __getattribute__ = lambda self, name: time.sleep(1000)",
    "items": "dict): items = keys = __len__ = __iter__ = lambda self: time.sleep(1000)",
}


@some_of(VALUES, "array", "getattr")
def test_a_value_that_stalls_when_it_is_read_costs_its_own_exercise_only(
    bounded: Callable[..., Graded], source: str
) -> None:
    value = f"import time\nclass Value({source}\n"
    double = value + "def double(x):\n    return 2 * x if abs(x) < 100 else Value()"
    done = bounded(double=double, triple="def triple(x):\n    return 3 * x")
    assert done.scores == {"double": 0.0, "triple": 1.0}


SABOTAGE = {
    "codec": "sys.modules['autograder.probe.codec'].encode = lambda *a: time.sleep(1000)",
    "lookups": "get_ipython().user_ns.__class__ = type('Slow', (dict,), {'__contains__': stay})",
    "answers": "get_ipython().kernel.answer = stay",
    "messages": "get_ipython().kernel.session.send = stay",
    "thread": "threading.Thread(target=lambda: ctypes.PyDLL(None).sleep(1000)).start()",
}


@some_of(SABOTAGE, "codec", "messages")
def test_a_call_that_makes_all_later_calls_stall_costs_its_own_exercise_only(
    bounded: Callable[..., Graded], source: str
) -> None:
    double = f"""
import ctypes, sys, threading, time
def stay(*a, **k):
    time.sleep(1000)
def double(x):
    if abs(x) > 100:
        {source}
    return 2 * x
"""
    done = bounded(double=double, triple="def triple(x):\n    return 3 * x")
    assert done.scores["triple"] == 1.0


def test_a_large_value_is_slow_to_send_and_costs_its_own_exercise_only(
    bounded: Callable[..., Graded],
) -> None:
    double = "def double(x):\n    return 2 * x if abs(x) < 100 else [[i] for i in range(10**7)]"
    done = bounded(double=double, triple="def triple(x):\n    return 3 * x")
    assert done.scores == {"double": 0.0, "triple": 1.0}


def test_every_exercise_stalls_and_the_grading_ends(bounded: Callable[..., Graded]) -> None:
    stall = "def {}(x):\n    if abs(x) > 100:\n        sum(range(10**12))\n    return x"
    done = bounded(double=stall.format("double"), triple=stall.format("triple"))
    assert done.result.score == 0
    outcomes = {test.outcome for exercise in done.result.exercises for test in exercise.tests}
    assert outcomes == {Outcome.TIMEOUT}


def test_every_cell_stalls_and_the_grading_ends(bounded: Callable[..., Graded]) -> None:
    stall = "\nsum(range(10**12))"
    done = bounded(first=stall, double=DOUBLE + stall, triple=TRIPLE + stall)
    assert done.result.score == 0


def test_no_cell_ends_and_the_exercises_keep_their_points(
    graded: Callable[..., SubmissionResult], short: Limits
) -> None:
    """Four cells with an endless loop come first. Each gets a part of what the others left."""
    loops = [new_code_cell("while True: pass", id=f"loop{i}") for i in range(4)]
    book = notebook()
    book.cells[2:2] = loops
    started = time.monotonic()
    result = graded(book, limits=short)
    assert time.monotonic() - started < short.total_seconds
    assert result.score == 3.0
    assert [cell.index for cell in result.failed_cells] == [2, 3, 4, 5]


def test_what_a_stalled_kernel_started_ends_with_it(bounded: Callable[..., Graded]) -> None:
    mark = MARK + str(os.getpid())
    bounded(
        first=f"""
            import os, signal, subprocess, sys
            program = "import time\\nwhile True: time.sleep(1)"
            subprocess.Popen([sys.executable, "-c", program, {mark!r}], start_new_session=True)
            os.kill(-1, signal.SIGSTOP)
            os.kill(os.getpid(), signal.SIGSTOP)
        """
    )
