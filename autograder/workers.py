"""Parallel work: worker processes, and threads over repositories."""

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, TypeVar

from autograder.temporary import belong_to, command_root

# What each worker needs is imported once, before the workers are forked; in this order.
PRELOADED = (
    "autograder.grading.one_thread", "autograder.grading.submission", "autograder.testing", "torch",
)  # fmt: skip
SOCKET_BYTES = 70  # of a temporary folder: the path of a Unix socket in it has at most 107
# New objects between two collections. With Python's 700, they take a quarter of an import's time.
COLLECT_AFTER = (100_000, 50, 100)
SAFE_PATH = "PYTHONSAFEPATH"  # Python's variable: do not import from the working folder
THREADS = 8  # repositories at a time: the network takes most of the time

Item = TypeVar("Item")
Result = TypeVar("Result")

# Opens a progress bar, given its title and its number of steps. The function that it returns
# advances the bar by a number of steps.
Bars = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


def worker_pool(workers: int, tasks: int) -> ProcessPoolExecutor:
    """A pool of processes that compute on one thread each; never more processes than tasks."""
    method = _start_method()
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(list(PRELOADED))
    if method == "forkserver" and tasks:
        _start_server()
    return ProcessPoolExecutor(
        max(1, min(workers, tasks)), context, initializer=_set_up, initargs=(command_root(),)
    )


def _start_server() -> None:
    """Start the server that forks the workers, unless it runs already.

    Python starts it with `-c`, and would import modules from the working folder first: a file
    `torch.py` there, which may be a student's, would run in place of torch.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        forkserver.ensure_running()
    finally:
        del os.environ[SAFE_PATH]
        if before is not None:
            os.environ[SAFE_PATH] = before


def _start_method() -> str:
    """How workers start: as forks of a server, which imports for all of them, or each by itself.

    Not as forks of this process: they would inherit its locks and sockets.
    """
    can_fork = sys.platform == "linux" and len(tempfile.gettempdir()) <= SOCKET_BYTES
    return "forkserver" if can_fork else "spawn"


def work_through(
    pool: ProcessPoolExecutor,
    function: Callable[..., Result],
    jobs: Sequence[tuple[Any, ...]],
    on_done: Callable[[Result], object] = lambda result: None,
) -> list[Result]:
    """The result of `function` for each job's arguments, in the order of the jobs.

    The first error cancels the jobs that have not started, and is raised.
    """
    running = [pool.submit(function, *job) for job in jobs]
    try:
        for done in as_completed(running):
            on_done(done.result())
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    return [done.result() for done in running]


def run_side_by_side(
    function: Callable[[Item, threading.Event], Result], items: Iterable[Item]
) -> Generator[Result, None, None]:
    """The result of `function` for each item, from several threads, as each one finishes.

    `function` also gets an event: when it is set, the caller has stopped and the function should
    return early. The first error stops the other threads and is raised. A caller that may stop
    early closes the generator (contextlib.closing), which stops the threads and waits for them.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            for done in as_completed(pool.submit(function, item, stop) for item in items):
                yield done.result()
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise


def collect_rarely() -> None:
    """Collect garbage less often in this process, which imports much and frees little."""
    gc.set_threshold(*COLLECT_AFTER)


def compute_on_one_thread() -> None:
    """Let torch and numpy use one thread, unless they are imported already."""
    for library in ("OMP", "MKL", "OPENBLAS"):
        os.environ[f"{library}_NUM_THREADS"] = "1"


def _set_up(root: Path) -> None:
    """Runs once in each worker process. Hidden tests import torch; a worker may never need it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.pop(SAFE_PATH, None)  # it was for the server, not for what a worker starts
    belong_to(root)
    collect_rarely()
    compute_on_one_thread()


def _end_with_parent() -> None:
    """End this process, and the sandboxes that it started, when its parent ends for any reason."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)
