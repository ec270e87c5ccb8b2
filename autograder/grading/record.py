"""Writes what grading one submission gave: autograded/, the gradebook, and the feedback page.

One process does this for the whole class, so nothing has to be locked. Worker processes only grade.
"""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat

from autograder.course import Assignment, Course
from autograder.files import rename_durably, write_atomically
from autograder.gradebook.scores import Writer
from autograder.grading.options import Action, Graded, Recorded
from autograder.grading.rubrics import rubrics_of
from autograder.notebook.cells import graded_cells
from autograder.notebook.rubrics import with_rubrics
from autograder.reports import freshness
from autograder.reports.feedback import EXCHANGE_NOTES, write_feedback
from autograder.results.model import SubmissionResult
from autograder.results.store import write_result


class Recorder:
    """The one writer of an assignment's results. Use it in a `with` block."""

    def __init__(self, course: Course, assignment: Assignment):
        self.assignment = assignment
        # Before they are read: if they change meanwhile, they count as changed.
        self._rubrics_digest = freshness.rubrics_digest(assignment)
        self._rubrics = rubrics_of(assignment)
        self._gradebook = Writer(course, assignment)

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *error: object) -> None:
        self._gradebook.__exit__(*error)

    def record(self, graded: Graded) -> Recorded:
        """Write a submission's result, gradebook rows and page, in this order.

        If this process is killed in between, the next run continues with what is missing.
        """
        notebook = with_rubrics(graded.notebook, self._rubrics)
        write_autograded(self.assignment, replace(graded, notebook=notebook))
        return self._record(graded)

    def record_again(self, result: SubmissionResult) -> Recorded:
        """Write the gradebook rows and the page of a result that is in autograded/ already.

        The notebook there gets the rubrics that the assignment has now.
        """
        path = self.assignment.autograded(result.student) / self.assignment.release_notebook.name
        before = path.read_text(encoding="utf-8")
        notebook = with_rubrics(before, self._rubrics)
        if notebook != before:
            write_atomically(path, notebook)
        cells = graded_cells(nbformat.reads(notebook, as_version=4))
        return self._record(Graded(result, Action.UNCHANGED, cells=cells))

    def _record(self, graded: Graded) -> Recorded:
        change = self._gradebook.write(graded.result, graded.cells)
        write_feedback(self.assignment, graded.result)
        page = freshness.rubrics(self.assignment, graded.result.student)
        page.note_made(self._rubrics_digest)
        return Recorded(graded.result, graded.action, graded.cold_because, change)


def write_autograded(assignment: Assignment, graded: Graded) -> None:
    """Replace the last executed notebook and result with the new ones, both or neither."""
    student = graded.result.student
    final = assignment.autograded(student)
    final.parent.mkdir(parents=True, exist_ok=True)
    for left in final.parent.glob(f".{final.name}-????????"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    new = Path(tempfile.mkdtemp(dir=final.parent, prefix=f".{final.name}-"))
    old = final.with_name(f".{final.name}-old")
    try:
        os.chmod(new, 0o755)
        (new / assignment.release_notebook.name).write_text(graded.notebook, encoding="utf-8")
        for name in EXCHANGE_NOTES:
            note = assignment.submitted(student) / name
            if note.is_file() and not note.is_symlink():
                shutil.copy(note, new)
        write_result(graded.result, new)
        shutil.rmtree(old, ignore_errors=True)
        if final.exists():
            final.rename(old)
        rename_durably(new, final)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        if old.exists() and not final.exists():
            old.rename(final)
        raise
