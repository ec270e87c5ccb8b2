"""What a submission may use up: memory, processes, threads, disk space."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from support.attached import Student
from support.tiny import LIMITS, MARK, REPOSITORY, look

from autograder.grading.failures import KernelDied
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.launcher import Launcher

pytestmark = pytest.mark.usefixtures("needs_sandbox")


@pytest.fixture
def short_lived(work: Path, warm: bool) -> Iterator[tuple[Kernel, Student]]:
    with start_kernel(Launcher(LIMITS, REPOSITORY, warm=warm), work) as kernel:
        yield kernel, Student(kernel, LIMITS)


HOG = """
import os, time
hogs = []
try:
    while True:
        {take}
        time.sleep(0.01)
except (OSError, MemoryError):
    time.sleep({patience})
"""


@pytest.mark.parametrize(
    ("take", "reason"),
    [
        pytest.param(
            # The next child starts when this one has its memory; else there are too many first.
            "there, here = os.pipe()\n        if os.fork() == 0:\n            "
            "hog = b'x' * (60 << 20); os.write(here, b'x'); time.sleep(60)\n"
            "        os.read(there, 1)",
            "of memory",
            id="children",
        ),
        pytest.param(
            "hogs.append(os.memfd_create('x')); os.write(hogs[-1], b'x' * (40 << 20))",
            "of memory",
            id="memory_files",
        ),
        pytest.param("os.fork() or time.sleep(60)", "processes|memory", id="fork_bomb"),
        pytest.param(
            "hogs.append(open(str(len(hogs)), 'wb')); hogs[-1].write(b'x' * (9 << 20))",
            "to disk",
            id="files",
        ),
        pytest.param(
            "hogs.append(open('x', 'wb')); os.unlink('x'); hogs[-1].write(b'x' * (9 << 20))",
            "to disk",
            id="deleted_files",
        ),
    ],
)
def test_its_share_is_limited(short_lived: tuple[Kernel, Student], take: str, reason: str) -> None:
    """Until it is ended, or no more is given to it; there is more than enough to take."""
    _, student = short_lived
    take = take if "\n" in take else f"{take}\n        if len(hogs) > 40: break"
    source = HOG.format(take=take, patience=0)
    with pytest.raises(KernelDied, match=reason):
        look(student, source.replace("while True", "for _ in range(60)") + "\ntime.sleep(60)")


def test_shared_memory_without_a_file_is_limited(short_lived: tuple[Kernel, Student]) -> None:
    """System V segments belong to no process once they are let go."""
    _, student = short_lived
    body = """
        import ctypes
        c = ctypes.CDLL(None)
        c.shmat.restype = ctypes.c_void_p
        c.shmdt.argtypes = [ctypes.c_void_p]
        taken = 0
        for _ in range(9):
            segment = c.shmget(0, 100 << 20, 0o1600)
            if segment < 0:
                break
            place = c.shmat(segment, None, 0)
            ctypes.memset(place, 1, 100 << 20)
            c.shmdt(place)
            taken += 100 << 20
        return taken
    """
    with contextlib.suppress(KernelDied):
        assert look(student, body) <= LIMITS.memory_bytes


def test_threads_are_limited(short_lived: tuple[Kernel, Student]) -> None:
    """Each takes a process number of the host, which has about 32,000."""
    _, student = short_lived
    body = """
        import threading
        threading.stack_size(32768)
        stay, started = threading.Event(), 0
        try:
            for _ in range(3000):
                threading.Thread(target=stay.wait, daemon=True).start()
                started += 1
        except RuntimeError:
            pass
        stay.set()
        return started
    """
    with contextlib.suppress(KernelDied):
        assert look(student, body) < 3000


def test_deep_folders_do_not_end_the_watch(short_lived: tuple[Kernel, Student]) -> None:
    kernel, student = short_lived
    body = """
        import os, time
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
        os.chdir("/submission")
        time.sleep(1.5)
    """
    with contextlib.suppress(KernelDied):
        look(student, body)
    assert kernel._monitor._thread.is_alive() or not kernel.alive


def test_what_it_started_ends_with_it(work: Path, warm: bool) -> None:
    with start_kernel(Launcher(LIMITS, REPOSITORY, warm=warm), work) as kernel:
        body = f"""
            import os, subprocess, sys
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv(sys.executable, [sys.executable, "-c", "import time\\n"
                        "while True: time.sleep(1)", {MARK + str(os.getpid())!r}])
                os._exit(0)
            os.wait()
        """
        look(Student(kernel, LIMITS), body)
        assert wait_until(lambda: len(marked()) == 1)
    assert wait_until(lambda: not marked())


def marked() -> list[int]:
    """Processes with this test run's mark among their arguments."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if MARK + str(os.getpid()) in process.cmdline():
                found.append(process.pid)
    return found


def wait_until(condition: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(condition() or pause.wait(0.05) for _ in range(200))
