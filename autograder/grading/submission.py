"""Grades one submission, from folder to result: read, restore, execute, examine."""

import time
import traceback
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.budget import Budget
from autograder.course import Assignment
from autograder.errors import AutograderError, BadSubmission
from autograder.faults import machine_fault
from autograder.grading.annotate import annotate
from autograder.grading.engine import failed_cells
from autograder.grading.failures import CellSources
from autograder.grading.hidden_tests import by_exercise, collect, examine
from autograder.grading.mistakes import read_mistakes, with_mistakes
from autograder.grading.options import Action, Graded, Options
from autograder.grading.plugin import MAX_DETAIL
from autograder.grading.session import open_session
from autograder.notebook.cells import exercise_cells, graded_cells
from autograder.notebook.lost_cells import exercises_in
from autograder.notebook.reader import read_submission
from autograder.notebook.restore import restore
from autograder.notebook.state import mark_given
from autograder.results import wording
from autograder.results.model import Outcome, Status, SubmissionResult
from autograder.sandbox.template import TEMPLATES


def grade(assignment: Assignment, student: str, fingerprint: str, options: Options) -> Graded:
    """Grade a submission. Writes nothing: `record` does.

    The result carries `fingerprint`. It records a fault of the submission. Raises AutograderError
    for a fault of the course or the machine.
    """
    action = Action.RAN
    try:
        result, notebook = _run(assignment, student, fingerprint, options)
    except AutograderError:
        raise
    except Exception as error:  # no submission may stop the grading of a class
        # A submission's own files can lack permissions. They cannot fill the disk: `disk_bytes`.
        if said := machine_fault(error, with_permissions=False):
            raise AutograderError(said) from error
        action = Action.CRASHED
        reason = f"the grader could not handle it ({type(error).__name__}): show it to the TA"
        detail = traceback.format_exc()[-MAX_DETAIL:]
        # Without a fingerprint, the next run tries again. The fault may be the grader's.
        result, notebook = _failed(assignment, student, "", options, reason, detail)
    return Graded(
        result, action, nbformat.writes(notebook), graded_cells(notebook), TEMPLATES.cold_because
    )


def _run(
    assignment: Assignment, student: str, fingerprint: str, options: Options
) -> tuple[SubmissionResult, NotebookNode]:
    budget = Budget.start(assignment.limits)
    released = _read(assignment.release_notebook)
    order = list(exercise_cells(released))
    folder = assignment.submitted(student)

    try:
        reading = read_submission(
            folder,
            assignment.limits,
            assignment.release_notebook.name,
            (assignment.release,),
        )
        _require_exercises(reading.notebook, released, assignment)
    except BadSubmission as error:
        return _failed(assignment, student, fingerprint, options, str(error))
    restored = restore(reading.notebook, released)
    mark_given(restored.notebook, released)
    changes = (*reading.changes, *restored.changes)

    sources = CellSources(restored.exercises, exercise_cells(_read(assignment.source_notebook)))
    if not budget.left:
        return _failed(assignment, student, fingerprint, options, wording.TOO_LONG_TO_READ)
    launcher = replace(options.launcher(assignment), budget=budget)
    with open_session(assignment, folder, restored.notebook, launcher, sources) as session:
        table = read_mistakes(assignment.hidden_tests)
        exercises = with_mistakes(examine(assignment.hidden_tests, session, order), table)
    graded = SubmissionResult(
        student=student,
        assignment=assignment.name,
        status=Status.GRADED,
        fingerprint=fingerprint,
        device=options.device,
        sandboxed=options.sandboxed,
        seconds=round(time.monotonic() - budget.started, 2),
        peak_memory_bytes=session.peak_memory_bytes,
        exercises=exercises,
        restored=tuple(wording.restored(change) for change in changes if change.is_routine),
        notes=(
            *(wording.restored(change) for change in changes if not change.is_routine),
            *session.notes(),
        ),
        times=session.times,
        failed_cells=failed_cells(session.notebook),
    )
    return graded, annotate(session.notebook, graded)


def _require_exercises(
    notebook: NotebookNode, released: NotebookNode, assignment: Assignment
) -> None:
    """Raises BadSubmission for a notebook with code that holds none of the exercises."""
    has_code = any(cell.cell_type == "code" for cell in notebook.cells)
    if not has_code or any(exercises_in(notebook, released).values()):
        return
    others = [path for path in assignment.root.glob("release/*/*.ipynb")]
    for path in sorted(others):
        if sum(exercises_in(notebook, _read(path)).values()) > 1:
            raise BadSubmission(
                f"it is the notebook of {path.parent.name}: submit that of {assignment.name}"
            )
    raise BadSubmission(
        f"it holds none of the exercises of {assignment.name}: submit that week's notebook of this "
        "course"
    )


def _failed(
    assignment: Assignment,
    student: str,
    fingerprint: str,
    options: Options,
    reason: str,
    detail: str = "",
) -> tuple[SubmissionResult, NotebookNode]:
    """(result, released notebook with that result) of a submission that could not be run."""
    released = _read(assignment.release_notebook)
    tests = collect(assignment.hidden_tests, list(exercise_cells(released)))
    outcomes = [
        (test, test.outcome(Outcome.MISSING, wording.NOTHING_RAN, detail)) for test in tests
    ]
    result = SubmissionResult(
        student=student,
        assignment=assignment.name,
        status=Status.FAILED,
        fingerprint=fingerprint,
        device=options.device,
        sandboxed=options.sandboxed,
        seconds=0.0,
        peak_memory_bytes=0,
        exercises=by_exercise(outcomes),
        reason=reason,
    )
    return result, annotate(released, result)


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)
