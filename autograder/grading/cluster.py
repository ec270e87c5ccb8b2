"""Grades on other machines: the workers of a Dask scheduler.

Each submission travels as a parcel, so the machines share no files. A submission whose worker dies
is given to another one.
"""

from concurrent.futures import CancelledError, Future
from types import TracebackType

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import TooDeep
from autograder.grading.options import Graded, Options
from autograder.grading.parcel import TooLarge, grade_parcel, kit, pack
from autograder.grading.pools import Pool
from autograder.grading.submission import grade
from autograder.text import first_line

try:
    from distributed import Client, KilledWorker
    from distributed.comm.core import CommClosedError
except ImportError as error:
    raise AutograderError(
        "grading on a cluster needs Dask: run 'pip install \"gene46100-autograder[cluster]\"'"
    ) from error

CONNECT_SECONDS = 15
WORKER_SECONDS = 60
SCHEDULER_ENDED = (
    "the scheduler at {address} has ended: start it and run the same command again; what is graded "
    "is kept"
)


class ClusterPool(Pool):
    """The workers of a Dask scheduler, which may come and go."""

    def __init__(self, assignment: Assignment, options: Options, address: str):
        """Connect. Dask's own configuration says how: for `tls://`, with which certificates.

        Raises AutograderError if there is no such scheduler, or if it has no workers.
        """
        self.assignment, self.options, self.address = assignment, options, address
        self._kit = kit()
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise AutograderError(
                f"no Dask scheduler answers at {address} ({first_line(error)}): start one with "
                "'dask scheduler', and give the address that it prints"
            ) from error
        try:
            self.check()
        except AutograderError:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=error is None)
        self._client.close()

    def in_flight(self) -> int:
        """Two for each thread of a worker, so that none waits for a parcel."""
        return 2 * max(1, sum(map(int, self._client.ncores().values())))

    def submit(self, student: str, fingerprint: str) -> Future[Graded]:
        done: Future[Graded]
        try:
            parcel = pack(self.assignment, student)
        except (TooDeep, TooLarge):  # it is refused before anything of it runs
            done = Future()
            done.set_result(grade(self.assignment, student, fingerprint, self.options))
        else:
            done = self._executor.submit(grade_parcel, parcel, fingerprint, self.options, self._kit)
        return done

    def result(self, done: Future[Graded]) -> Graded:
        try:
            return done.result()
        except AutograderError as error:
            raise AutograderError(f"a worker of {self.address} cannot grade: {error}") from error
        except KilledWorker as error:
            raise AutograderError(
                f"{error.allowed_failures + 1} workers of {self.address} died with the same "
                "submission (out of memory?): see the log of the last one; what is graded is kept"
            ) from error
        except (CancelledError, CommClosedError, OSError) as error:
            raise AutograderError(SCHEDULER_ENDED.format(address=self.address)) from error
        except (ImportError, AttributeError, RuntimeError) as error:
            raise AutograderError(
                f"the scheduler or a worker of {self.address} cannot run this version of "
                f"autograder ({first_line(error)}): install there what this machine has"
            ) from error

    def check(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError as error:
            raise AutograderError(
                f"the scheduler at {self.address} has no workers: start some with 'dask worker "
                f"{self.address} --nthreads 1', and run the same command again"
            ) from error
        except (CommClosedError, OSError) as error:
            raise AutograderError(SCHEDULER_ENDED.format(address=self.address)) from error
