"""Feedback: nbgrader's GenerateFeedback with a page of our own, and the same in short beside it.

It reads the annotated notebook and the gradebook, so that a person's later scores and comments come
in by making the page again. `nbgrader generate_feedback` does too, with nbgrader's own page.
"""

import os
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from autograder.course import Assignment, Course
from autograder.files import write_atomically
from autograder.gradebook.config import configure
from autograder.gradebook.totals import read_total
from autograder.log import quiet_logger
from autograder.reports.feedback_text import feedback_text
from autograder.results.model import SubmissionResult

LOG = quiet_logger(__name__)


README = "README.md"
TEMPLATES = Path(__file__).with_name("templates")


class Grades(GetGrades):
    """nbgrader's scores and comments, and which answers still wait for a person.

    nbgrader knows no bonus: what it takes for the highest score is put right here.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Any:
        nb, resources = super().preprocess(nb, resources)
        resources["nbgrader"]["max_score"] -= nb.metadata.get("autograder", {}).get("bonus", 0)
        notes = (cell.metadata.get("nbgrader", {}) for cell in nb.cells)
        resources["nbgrader"]["waiting"] = any(note.get("waiting") for note in notes)
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)
        cell.metadata.nbgrader["by_person"] = grade.manual_score is not None


def write_feedback(assignment: Assignment, result: SubmissionResult) -> Path:
    """Make one student's page and its README anew from what is graded; the page's path."""
    student = result.student
    config = Config()
    configure(config, assignment.root)
    config.HTMLExporter.template_name = "student_feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.GenerateFeedback.preprocessors = [Grades, CSSHTMLHeaderPreprocessor]
    directory = CourseDirectory(config=config)
    directory.assignment_id = assignment.name
    directory.student_id = student.replace("[", "[[]")  # nbgrader reads it as a pattern
    converter = GenerateFeedback(coursedir=directory, config=config)
    converter.log = LOG
    converter.force = True
    here = os.getcwd()
    try:
        converter.start()
    finally:
        os.chdir(here)
    page = feedback_page(assignment, student)
    total = read_total(Course(assignment.root), assignment, student)
    write_atomically(page.with_name(README), feedback_text(result, total, page.name))
    return page


def feedback_page(assignment: Assignment, student: str) -> Path:
    return assignment.feedback(student) / f"{assignment.release_notebook.stem}.html"
