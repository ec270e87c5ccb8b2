"""Where submissions are graded: in worker processes of this machine, or on a cluster."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.grading.options import Graded, Options
from autograder.grading.submission import grade
from autograder.notebook.packages import require_packages
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.sandbox.template import TEMPLATES
from autograder.workers import worker_pool

CHECK_SECONDS = 30  # without a result


class Pool(AbstractContextManager["Pool"], Protocol):
    """Grades submissions side by side. Leaving its `with` block cancels what has not started."""

    def in_flight(self) -> int:
        """How many submissions to submit ahead: enough that no worker waits."""
        ...

    def submit(self, student: str, fingerprint: str) -> Future[Graded]:
        """Start to grade a student's submission."""
        ...

    def result(self, done: Future[Graded]) -> Graded:
        """What a finished future holds. Raises AutograderError if the grading cannot go on."""
        ...

    def check(self) -> None:
        """Raises AutograderError if there are no workers that could finish anything."""
        ...


class LocalPool(Pool):
    """Worker processes on this machine, which are reused."""

    def __init__(self, assignment: Assignment, options: Options, workers: int | None, count: int):
        """Workers: one per core by default, and no more than the `count` of submissions."""
        require_packages()
        if options.sandboxed:
            require_sandbox()
        TEMPLATES.prepare(options.launcher(assignment))
        self.workers = min(workers or os.cpu_count() or 1, count)
        self.assignment, self.options = assignment, options
        self._pool = worker_pool(self.workers, count)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def in_flight(self) -> int:
        """One more than there are workers, so that none waits while a result is recorded."""
        return self.workers + 1

    def submit(self, student: str, fingerprint: str) -> Future[Graded]:
        return self._pool.submit(grade, self.assignment, student, fingerprint, self.options)

    def result(self, done: Future[Graded]) -> Graded:
        try:
            return done.result()
        except BrokenProcessPool as error:
            raise AutograderError(
                "a grading process was ended from outside (out of memory?): run the same command "
                "again with fewer --workers; what is graded is kept"
            ) from error

    def check(self) -> None:
        """Nothing to check: when a worker process dies, its futures fail."""


def open_pool(
    assignment: Assignment, options: Options, workers: int | None, scheduler: str, count: int
) -> Pool:
    """The pool for `count` submissions: that of the Dask scheduler at an address, or a local one.

    Raises AutograderError if there is no such scheduler, or if this machine has no sandbox.
    """
    if not scheduler:
        return LocalPool(assignment, options, workers, count)
    from autograder.grading.cluster import ClusterPool  # imports distributed, which is optional

    return ClusterPool(assignment, options, scheduler)


def start_all(pool: Pool, to_run: Iterable[tuple[str, str]]) -> Iterator[Graded]:
    """Start to grade (student, fingerprint). Gives each submission as soon as it is graded."""
    waiting = deque(to_run)
    return _finish_all(pool, waiting, _fill(pool, waiting, set()))


def _finish_all(
    pool: Pool, waiting: deque[tuple[str, str]], running: set[Future[Graded]]
) -> Iterator[Graded]:
    while running:
        finished, running = wait(running, CHECK_SECONDS, FIRST_COMPLETED)
        if not finished:
            pool.check()
        # Results first, so that an error loses none.
        for done in sorted(finished, key=_has_failed):
            graded = pool.result(done)
            running = _fill(pool, waiting, running)
            yield graded


def _has_failed(done: Future[Graded]) -> bool:
    return done.cancelled() or done.exception() is not None


def _fill(
    pool: Pool, waiting: deque[tuple[str, str]], running: set[Future[Graded]]
) -> set[Future[Graded]]:
    """Submit as many as may be in flight; returns all that run."""
    ahead = min(len(waiting), pool.in_flight() - len(running))
    return running | {pool.submit(*waiting.popleft()) for _ in range(ahead)}
