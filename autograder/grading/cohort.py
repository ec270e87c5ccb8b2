"""Grades a class of submissions in parallel, and records what is graded."""

from collections.abc import Generator, Sequence
from contextlib import ExitStack

from autograder.course import Assignment, Course
from autograder.errors import UsageError
from autograder.gradebook.penalties import update_penalties
from autograder.gradebook.rows import Rows, read_rows
from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Action, Options, Recorded
from autograder.locks import held
from autograder.reports import freshness
from autograder.results.model import SubmissionResult
from autograder.results.store import read_result
from autograder.temporary import remove_left_behind


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
    scheduler: str = "",
) -> Generator[Recorded, None, None]:
    """Grade submissions in parallel. Yields each one when its result and its page are written.

    First yields the submissions for which nothing is left to do, without a worker. The others are
    graded by `workers` processes, one per core by default, or by the workers of the Dask scheduler
    at the address `scheduler`. Raises AutograderError for a fault of the course or the machine, and
    while another command grades this assignment. Submissions graded before the fault are kept, and
    the next run continues from there.
    """
    with held(freshness.lock(assignment), f"another command grades {assignment.name}"):
        yield from _grade_class(course, assignment, students, options, workers, scheduler)


def _grade_class(
    course: Course,
    assignment: Assignment,
    students: Sequence[str],
    options: Options,
    workers: int | None,
    scheduler: str,
) -> Generator[Recorded, None, None]:
    remove_left_behind()  # also where nothing is left to do after a killed run
    update_penalties(course, assignment)
    shared = shared_digest(assignment, options)
    rows = read_rows(course, assignment) or Rows()
    digests = rows.digests()
    to_record: list[SubmissionResult] = []
    to_run: list[tuple[str, str]] = []  # (student, fingerprint)
    unchanged = []
    rubrics = freshness.rubrics_digest(assignment)
    for student in students:
        now = submission_fingerprint(assignment, assignment.submitted(student), shared)
        known = None if options.force else read_result(assignment.autograded(student))
        notebook = freshness.rubrics(assignment, student)
        if known is None or known.fingerprint != now or not notebook.path.is_file():
            to_run.append((student, now))
        elif (
            rows.fingerprints.get(student) == now
            and freshness.feedback(assignment, student).is_current(
                freshness.feedback_digest(assignment, student, digests)
            )
            and notebook.is_current(rubrics)
        ):
            unchanged.append(known)
        else:
            to_record.append(known)
    yield from (Recorded(known, Action.UNCHANGED) for known in unchanged)
    if not to_record and not to_run:
        return
    with ExitStack() as resources:
        pool = None
        if to_run:
            from autograder.grading.pools import open_pool, start_all  # imports Jupyter

            pool = open_pool(assignment, options, workers, scheduler, len(to_run))
            resources.enter_context(pool)
        # While the template starts. It imports nbgrader and nbconvert, which takes a second.
        from autograder.grading.record import Recorder

        recorder = resources.enter_context(Recorder(course, assignment))
        graded = start_all(pool, to_run) if pool else iter(())
        yield from map(recorder.record_again, to_record)
        yield from map(recorder.record, graded)
