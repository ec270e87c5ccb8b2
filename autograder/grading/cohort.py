"""Grades a class of submissions in parallel, in worker processes that are reused."""

import os
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

from autograder.course import Assignment, Course
from autograder.errors import AutograderError, UsageError
from autograder.gradebook.rows import Rows, read_rows
from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Action, Graded, Options, Recorded
from autograder.reports import freshness
from autograder.results.model import SubmissionResult
from autograder.results.store import read_result
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.workers import worker_pool


def students_named(assignment: Assignment, wanted: Sequence[str]) -> list[str]:
    """The students to grade: the `wanted` ones, or all who submitted if `wanted` is empty.

    Raises UsageError if a wanted student submitted nothing.
    """
    there = assignment.students()
    for student in wanted:
        if student not in there:
            known = ", ".join(there) or "none yet"
            raise UsageError(
                f"no submission of '{student}' for {assignment.name}; there is: {known}"
            )
    return list(wanted) or there


def grade_class(
    course: Course,
    assignment: Assignment,
    students: Sequence[str],
    options: Options,
    workers: int | None = None,
) -> Generator[Recorded, None, None]:
    """Grade submissions in parallel. Yields each one when its result and its page are written.

    First yields the submissions for which nothing is left to do, without a worker. Raises
    AutograderError for a fault of the course or the machine. Submissions graded before the fault
    are kept, and the next run continues from there.
    """
    shared = shared_digest(assignment, options)
    rows = read_rows(course, assignment) or Rows()
    digests = rows.digests()
    to_record: list[SubmissionResult] = []
    to_run: list[tuple[str, str]] = []  # (student, fingerprint)
    unchanged = []
    for student in students:
        now = submission_fingerprint(assignment, assignment.submitted(student), shared)
        known = None if options.force else read_result(assignment.autograded(student))
        if known is None or known.fingerprint != now:
            to_run.append((student, now))
        elif rows.fingerprints.get(student) == now and freshness.feedback(
            assignment, student
        ).is_current(freshness.feedback_digest(assignment, student, digests)):
            unchanged.append(known)
        else:
            to_record.append(known)
    yield from (Recorded(known, Action.UNCHANGED) for known in unchanged)
    if not to_record and not to_run:
        return
    # Imported here, because it imports nbgrader and nbconvert, which takes a second.
    from autograder.grading.record import Recorder

    recorder = Recorder(course, assignment)
    yield from map(recorder.record_again, to_record)
    if to_run:
        with closing(_run(assignment, to_run, options, workers)) as graded:
            yield from map(recorder.record, graded)


def _run(
    assignment: Assignment,
    to_run: Sequence[tuple[str, str]],
    options: Options,
    workers: int | None,
) -> Generator[Graded, None, None]:
    """Grade (student, fingerprint) in worker processes. Yields each submission as it is graded."""
    from autograder.grading.submission import grade  # imports papermill and Jupyter
    from autograder.sandbox.template import TEMPLATES

    if options.sandboxed:
        require_sandbox()
    TEMPLATES.prepare(options.launcher(assignment))
    waiting = deque(to_run)
    workers = workers or os.cpu_count() or 1
    with worker_pool(workers, len(to_run)) as pool:
        running: set[Future[Graded]] = set()
        try:
            while waiting or running:
                # One more than there are workers, so that none waits while a result is recorded.
                while waiting and len(running) <= workers:
                    student, fingerprint = waiting.popleft()
                    running.add(pool.submit(grade, assignment, student, fingerprint, options))
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (done.result() for done in finished)
        except BrokenProcessPool as error:
            raise AutograderError(
                "a grading process was ended from outside (out of memory?): run the same command "
                "again with fewer --workers; what is graded is kept"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
