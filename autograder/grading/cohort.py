"""Grades a class of submissions in parallel, in worker processes that are reused."""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from autograder.course import Assignment, Course
from autograder.errors import AutograderError, UsageError
from autograder.gradebook.rows import Rows, read_rows
from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Action, Graded, Options
from autograder.reports import freshness
from autograder.results.model import SubmissionResult
from autograder.results.store import read_result
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.workers import worker_pool

if TYPE_CHECKING:
    from autograder.gradebook.scores import Change


class Step(StrEnum):
    """A completed step: a submission is graded, or its feedback page is written."""

    GRADED = "graded"
    PAGE = "page"


@dataclass(frozen=True)
class Recorded:
    """A graded submission, and the change of its score in the gradebook, if any."""

    graded: Graded
    change: "Change | None"

    @property
    def result(self) -> SubmissionResult:
        """The submission's result."""
        return self.graded.result

    @property
    def action(self) -> Action:
        """What `grade` did to obtain the result."""
        return self.graded.action


def ignore_step(step: Step) -> None:
    """The default for `on_step`: do nothing."""


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
    on_step: Callable[[Step], None] = ignore_step,
) -> Generator[Recorded, None, None]:
    """Grade submissions in parallel. Yields each one as soon as it is in the gradebook.

    First yields the submissions for which nothing is left to do, without a worker. Calls `on_step`
    for each graded submission and each page that is up to date. Raises AutograderError for a fault
    of the course or the machine. Submissions graded before the fault are kept, and the next run
    continues from there.
    """
    shared = shared_digest(assignment, options)
    rows = read_rows(course, assignment) or Rows()
    digests = rows.digests()
    to_do = []
    for student in students:
        known = None if options.force else _unchanged(assignment, student, options, shared)
        done = (
            known is not None
            and rows.fingerprints.get(student) == known.fingerprint
            and freshness.feedback(assignment, student).is_current(
                freshness.feedback_digest(assignment, student, digests)
            )
        )
        if known is not None and done:
            on_step(Step.GRADED)
            on_step(Step.PAGE)
            yield Recorded(Graded(known, Action.UNCHANGED), None)
        else:
            to_do.append(student)
    if to_do:
        yield from _grade(course, assignment, to_do, options, workers, on_step, shared)


def _unchanged(
    assignment: Assignment, student: str, options: Options, shared: str
) -> SubmissionResult | None:
    """The stored result, if the submission has not changed since."""
    known = read_result(assignment.autograded(student))
    folder = assignment.submitted(student)
    if known is None or not known.fingerprint:
        return None
    now = submission_fingerprint(assignment, folder, options, shared)
    return known if known.fingerprint == now else None


def _grade(
    course: Course,
    assignment: Assignment,
    students: Sequence[str],
    options: Options,
    workers: int | None,
    on_step: Callable[[Step], None],
    shared: str,
) -> Generator[Recorded, None, None]:
    # Imported here, because they import nbgrader, papermill and Jupyter, which takes seconds.
    from autograder.gradebook.scores import Writer
    from autograder.grading.submission import grade
    from autograder.reports.feedback import write_feedback
    from autograder.sandbox.template import TEMPLATES

    if options.sandboxed:
        require_sandbox()
    TEMPLATES.prepare(options.launcher(assignment))
    writer = Writer(course, assignment)
    waiting = deque(students)
    workers = workers or os.cpu_count() or 1
    with worker_pool(workers, len(students)) as pool:
        running: set[Future[Graded]] = set()
        pages: set[Future[Any]] = set()
        try:
            while waiting or running or pages:
                # One more than there are workers, so that none waits and a page is soon its turn.
                while waiting and len(running) <= workers:
                    student = waiting.popleft()
                    running.add(pool.submit(grade, assignment, student, options, shared))
                finished, _ = wait(running | pages, return_when=FIRST_COMPLETED)
                for page in finished & pages:
                    page.result()
                    on_step(Step.PAGE)
                for done in finished & running:
                    graded = done.result()
                    change = writer.write(graded.result, graded.cells)
                    pages.add(pool.submit(write_feedback, assignment, graded.result))
                    on_step(Step.GRADED)
                    yield Recorded(graded, change)
                running -= finished
                pages -= finished
        except BrokenProcessPool as error:
            raise AutograderError(
                "a grading process was ended from outside (out of memory?): run the same command "
                "again with fewer --workers; what is graded is kept"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
