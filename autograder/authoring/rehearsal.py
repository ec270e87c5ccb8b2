"""A week tried in a course of its own: the solution and the untouched stub, ready to be graded."""

import shutil
from pathlib import Path

import nbformat

from autograder.authoring.build import build
from autograder.authoring.sample_class import compose
from autograder.course import CONFIG, Assignment, Course
from autograder.notebook.cells import grade_id
from autograder.settings import FILE_NAME as SETTINGS

SOLUTION, STUB = "solution", "stub"  # the two who hand in


def rehearse(course: Course, assignment: Assignment, folder: Path) -> Assignment:
    """Make a course in `folder` where SOLUTION and STUB handed in the week; returns its week there.

    The week is built there from its solutions as they are now; `course` is not changed. Raises
    AutograderError if it cannot be built.
    """
    for name in (CONFIG, SETTINGS):
        if (course.root / name).is_file():
            shutil.copy(course.root / name, folder)
    for other in course.assignments():  # course.toml may name them
        (folder / "solutions" / other.name).mkdir(parents=True)
    for part in ("solutions", "tests/hidden"):
        place = folder / part / assignment.name
        shutil.copytree(course.root / part / assignment.name, place, dirs_exist_ok=True)
    tried = Course(folder, course.limits).assignment(assignment.name)
    built = build(tried)
    built.write()
    answers = {
        grade_id(cell): cell.source
        for cell in built.source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    notebooks = {SOLUTION: compose(built.release, answers, {}), STUB: built.release}
    for student, notebook in notebooks.items():
        tried.submitted(student).mkdir(parents=True)
        nbformat.write(notebook, tried.submitted(student) / tried.release_notebook.name)
    return tried
