"""One submission from its folder to its result: read, restore, execute, examine, write."""

import os
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Assignment
from autograder.errors import AutograderError, BadSubmission, UsageError
from autograder.files import remove
from autograder.grading import annotate, hidden_tests
from autograder.grading.blame import Written
from autograder.grading.engine import failed_cells
from autograder.grading.fingerprint import submission_key
from autograder.grading.remote import Student
from autograder.grading.session import Options, Run
from autograder.notebook.cells import exercise_cells
from autograder.notebook.reader import read_submission
from autograder.notebook.restore import restore
from autograder.results.model import (
    Outcome,
    Status,
    SubmissionResult,
    read_result,
    write_result,
)

# What nbgrader's exchange puts beside a submission; its feedback finds the way back by them.
EXCHANGE_NOTES = ("timestamp.txt", "submission_secret.txt")


def grade(assignment: Assignment, student: str, options: Options) -> SubmissionResult:
    """Grade a submission and write it to autograded/, or return what an equal run has written.

    Raises AutograderError for what is wrong with the course or the machine; whatever is wrong with
    the submission is in the result.
    """
    folder = assignment.submitted(student)
    key = submission_key(assignment, folder, options)
    if not options.force:
        known = read_result(assignment.autograded(student))
        if known is not None and known.key == key:
            return known
    try:
        result, notebook = _run(assignment, student, key, options)
    except AutograderError:
        raise
    except Exception as error:  # one submission must not stop a class, whatever it holds
        reason = f"the grader could not handle it ({type(error).__name__}): show it to the TA"
        detail = traceback.format_exc()[-hidden_tests.MAX_DETAIL :]
        # Without a key it is tried again the next time: the fault may be the grader's.
        result, notebook = _failed(assignment, student, "", options, reason, detail)
    _write(assignment, result, notebook)
    return result


def _run(
    assignment: Assignment, student: str, key: str, options: Options
) -> tuple[SubmissionResult, NotebookNode]:
    started = time.monotonic()
    released = _released(assignment)
    order = list(exercise_cells(released))
    folder = assignment.submitted(student)

    try:
        restored = restore(read_submission(folder, assignment.limits), released)
    except BadSubmission as error:
        return _failed(assignment, student, key, options, str(error))

    run = Run(assignment, folder, options)
    try:
        notebook, kernel = run.execute(restored.notebook)
        solved = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
        written = Written(restored.exercises, solved)
        pupil = Student(kernel, assignment.limits, written, run.revive, run.script)
        try:
            exercises = hidden_tests.examine(assignment.hidden_tests, pupil, order)
        finally:
            pupil.close()
    finally:
        remove(run.folder)
    graded = SubmissionResult(
        student,
        assignment.name,
        Status.GRADED,
        key,
        device=options.device,
        sandboxed=options.sandboxed,
        seconds=round(time.monotonic() - started, 2),
        peak_memory_bytes=run.peak_memory_bytes,
        exercises=exercises,
        restored=restored.changes,
        failed_cells=failed_cells(notebook),
    )
    return graded, annotate.annotate(notebook, graded)


def _failed(
    assignment: Assignment, student: str, key: str, options: Options, reason: str, detail: str = ""
) -> tuple[SubmissionResult, NotebookNode]:
    """The result of a submission that could not be run, in the released notebook."""
    released = _released(assignment)
    tests = hidden_tests.collect(assignment.hidden_tests, list(exercise_cells(released)))
    outcomes = [test.outcome(Outcome.MISSING, "nothing could be run", detail) for test in tests]
    result = SubmissionResult(
        student,
        assignment.name,
        Status.FAILED,
        key,
        device=options.device,
        sandboxed=options.sandboxed,
        seconds=0.0,
        peak_memory_bytes=0,
        exercises=hidden_tests.by_exercise(tests, outcomes),
        reason=reason,
    )
    return result, annotate.annotate(released, result)


def _released(assignment: Assignment) -> NotebookNode:
    return nbformat.read(assignment.release_notebook, as_version=4)


def _write(assignment: Assignment, result: SubmissionResult, notebook: NotebookNode) -> None:
    """Put the executed notebook and the result in place of the last ones, both or neither."""
    final = assignment.autograded(result.student)
    final.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=final.parent, prefix=f".{final.name}-"))
    os.chmod(new, 0o755)
    nbformat.write(notebook, new / assignment.release_notebook.name)
    for name in EXCHANGE_NOTES:
        note = assignment.submitted(result.student) / name
        if note.is_file() and not note.is_symlink():
            shutil.copy(note, new)
    write_result(result, new)
    old = final.with_name(f".{final.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    new.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def students_named(assignment: Assignment, wanted: Iterable[str]) -> list[str]:
    """The students to grade. Raises UsageError for one who handed nothing in."""
    there = assignment.students()
    for student in wanted:
        if student not in there:
            known = ", ".join(there) or "nobody yet"
            raise UsageError(
                f"no submission of '{student}' for {assignment.name}; there is: {known}"
            )
    return list(wanted) or there
