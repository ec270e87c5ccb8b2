"""Grades a class of submissions in parallel, in worker processes that are reused."""

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook.scores import Change, Writer
from autograder.grading.session import Options
from autograder.grading.submission import Action, Graded, grade
from autograder.reports.feedback import write_feedback
from autograder.results.model import SubmissionResult
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.sandbox.template import TEMPLATES
from autograder.workers import worker_pool


class Step(StrEnum):
    """A completed step: a submission is graded, or its feedback page is written."""

    GRADED = "graded"
    PAGE = "page"


@dataclass(frozen=True)
class Recorded:
    """A graded submission, and the change of its score in the gradebook, if any."""

    graded: Graded
    change: Change | None

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


def grade_class(
    course: Course,
    assignment: Assignment,
    students: Sequence[str],
    options: Options,
    workers: int | None = None,
    on_step: Callable[[Step], None] = ignore_step,
) -> Generator[Recorded, None, None]:
    """Grade submissions in parallel. Yields each one as soon as it is in the gradebook.

    Calls `on_step` for each graded submission and each written page. Raises AutograderError for a
    fault of the course or the machine. Submissions graded before the fault are kept, and the next
    run continues from there.
    """
    if options.sandboxed:
        require_sandbox()
    TEMPLATES.prepare(options.launcher(assignment))
    writer = Writer(course, assignment)
    with worker_pool(workers or os.cpu_count() or 1, len(students)) as pool:
        running = [pool.submit(grade, assignment, student, options) for student in students]
        pages: list[Future[object]] = []
        try:
            for done in as_completed(running):
                graded = done.result()
                change = writer.write(graded.result, graded.cells)
                pages.append(pool.submit(write_feedback, assignment, graded.result))
                on_step(Step.GRADED)
                yield Recorded(graded, change)
            for page in as_completed(pages):
                page.result()
                on_step(Step.PAGE)
        except BrokenProcessPool as error:
            raise AutograderError(
                "a grading process was ended from outside (out of memory?): run the same command "
                "again with fewer --workers; what is graded is kept"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
