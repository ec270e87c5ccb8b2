"""A class of submissions over worker processes that stay, each with torch imported once."""

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, TypeVar

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook.scores import Change, Writer
from autograder.grading.session import Options
from autograder.grading.submission import grade
from autograder.reports.feedback import write_feedback
from autograder.results.model import SubmissionResult, read_result
from autograder.sandbox.bubblewrap import require_sandbox

PR_SET_PDEATHSIG = 1  # prctl(2)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Graded:
    """One submission's result, whether it was run now, and what it changed in the gradebook."""

    result: SubmissionResult
    fresh: bool
    change: Change | None


def grade_class(
    course: Course,
    assignment: Assignment,
    students: Sequence[str],
    options: Options,
    workers: int | None = None,
    on_step: Callable[[str], None] = lambda what: None,
) -> Iterator[Graded]:
    """Grade submissions side by side; yields each as soon as it is in the gradebook.

    `on_step` hears of every submission that is graded and every page that is written. Raises
    AutograderError for what is wrong with the course or the machine; what was graded until then is
    kept, and the next run goes on from there.
    """
    if options.sandboxed:
        require_sandbox()
    before = {student: _known_key(assignment, student) for student in students}
    writer = Writer(course, assignment)
    with worker_pool(workers or os.cpu_count() or 1, len(students)) as pool:
        running = {
            pool.submit(grade, assignment, student, options): student for student in students
        }
        pages: list[Future[object]] = []
        try:
            for done in as_completed(running):
                result = done.result()
                change = writer.write(result)
                pages.append(pool.submit(write_feedback, assignment, result.student))
                on_step(result.student)
                yield Graded(result, before[result.student] != result.key, change)
            for page in as_completed(pages):
                page.result()
                on_step("feedback")
        except BrokenProcessPool as error:
            raise AutograderError(
                "a grading process was ended from outside (out of memory?): run the same command "
                "again with fewer --workers; what is graded is kept"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def worker_pool(workers: int, tasks: int) -> ProcessPoolExecutor:
    """Processes that each have what hidden tests need; no more of them than tasks."""
    # spawn: a fork would take the parent's threads' locks and sockets along
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max(1, min(workers, tasks)), context, initializer=_warm_up)


def work_through(
    pool: ProcessPoolExecutor,
    function: Callable[..., Result],
    jobs: Sequence[tuple[Any, ...]],
    on_done: Callable[[Result], object] = lambda result: None,
) -> list[Result]:
    """What `function` makes of each job's arguments, in the order of the jobs.

    The first error ends it, and what has not begun is dropped.
    """
    running = [pool.submit(function, *job) for job in jobs]
    try:
        for done in as_completed(running):
            on_done(done.result())
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    return [done.result() for done in running]


def _warm_up() -> None:
    """Once a worker: what every submission's tests need."""
    _end_with_parent()
    import torch

    torch.set_num_threads(1)


def _end_with_parent() -> None:
    """However this process's parent ends, it ends too, and so do the sandboxes that it started."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):  # Linux
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)  # it ended before we asked to be told


def _known_key(assignment: Assignment, student: str) -> str | None:
    known = read_result(assignment.autograded(student))
    return known.key if known else None
