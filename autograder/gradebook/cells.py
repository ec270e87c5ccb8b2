"""Registers a release's cells in nbgrader's database, also after submissions were graded.

nbgrader refuses to add or remove cells then, because each submission has a row for each cell. Here
these rows are added, and no mark that a person gave is ever removed.
"""

import copy

import nbformat
from nbformat import NotebookNode
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, MissingEntry, Notebook
from nbgrader.preprocessors import SaveCells

from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.gradebook import answer_digests, recorded
from autograder.gradebook.database import open_gradebook
from autograder.log import quiet_logger
from autograder.notebook.cells import exercise_of, is_check

LOG = quiet_logger(__name__)


def register(course: Course, assignment: Assignment) -> None:
    """Register the released notebook's cells.

    Old submissions get rows for new exercises. Raises AutograderError if an exercise is no longer
    there for which a person gave points.
    """
    released = nbformat.read(assignment.release_notebook, as_version=4)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(assignment.name)
        answer_digests.make_table(gradebook)
        recorded.make_table(gradebook)
    coordinates = {
        "notebook": assignment.release_notebook.stem,
        "assignment": assignment.name,
        "student": ".",
        "db_url": course.gradebook_url,
    }
    _Cells(log=LOG).preprocess(copy.deepcopy(released), {"nbgrader": coordinates})


class _Cells(SaveCells):
    def _create_notebook(self, nb: NotebookNode) -> None:
        try:
            notebook = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        except MissingEntry:
            notebook = None
        if notebook is None or not notebook.submissions:
            super()._create_notebook(nb)
            return
        _remove_cells(
            self.gradebook,
            notebook,
            self.new_grade_cells | self.new_solution_cells | self.new_source_cells,
        )
        place = (self.notebook_id, self.assignment_id)
        for name, info in self.new_grade_cells.items():
            self.gradebook.update_or_create_grade_cell(name, *place, **info)
        for name, info in self.new_solution_cells.items():
            self.gradebook.update_or_create_solution_cell(name, *place, **info)
        for name, info in self.new_source_cells.items():
            self.gradebook.update_or_create_source_cell(name, *place, **info)
        _add_rows(self.gradebook, notebook)


def _remove_cells(gradebook: Gradebook, notebook: Notebook, kept: dict[str, object]) -> None:
    """Remove the cells that the release no longer has, unless a person gave points for one."""
    gone = [cell for cell in notebook._base_cells if cell.name not in kept]
    graded = {exercise_of(cell.name) for cell in gone if _is_marked(cell)}
    if graded:
        raise AutograderError(
            f"{notebook.assignment.name} no longer has {', '.join(sorted(graded))}, for which a "
            "person gave points or wrote a comment in formgrader: put the exercise back, or remove "
            "these there first"
        )
    for cell in gone:
        for row in (*cell.grades, *cell.comments):
            gradebook.db.delete(row)
        gradebook.db.delete(cell)
    gradebook.db.commit()


def _is_marked(cell: BaseCell) -> bool:
    """Whether a person gave points or wrote a comment for any submission's cell."""
    points = (g.manual_score is not None or g.extra_credit for g in cell.grades)
    return any(points) or any(comment.manual_comment for comment in cell.comments)


def _add_rows(gradebook: Gradebook, notebook: Notebook) -> None:
    """Give each submission a row for each cell that is new. A new exercise has 0 points so far."""
    for submitted in notebook.submissions:
        graded = {grade.cell_id for grade in submitted.grades}
        commented = {comment.cell_id for comment in submitted.comments}
        for cell in notebook.grade_cells:
            if cell.id not in graded:
                row = Grade(cell=cell, notebook=submitted, auto_score=0.0)
                row.needs_manual_grade = not is_check(cell.name)
                gradebook.db.add(row)
        for cell in notebook.solution_cells:
            if cell.id not in commented:
                gradebook.db.add(Comment(cell=cell, notebook=submitted))
    gradebook.db.commit()
