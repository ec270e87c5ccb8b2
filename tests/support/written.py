"""A graded class with two written questions, made without running any notebook."""

import json
from dataclasses import replace

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum

from autograder.course import Course
from autograder.gradebook.scores import Writer
from autograder.notebook.cells import graded_cells
from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult, TestOutcome
from support.tiny import REPOSITORY, note

WEEK = "tiny"
RUBRIC = """# %% [markdown]
# #| rubric: essay
# * 2 points: names the moon,
#   in any words
# * 1 point: names the tides
"""
PIXEL = "iVBORw0KGgo="  # how a PNG begins


def book(**answers):
    """The assignment's notebook: a check worth 2 points, and the answers of two questions."""
    locked = {"locked": True, "grade": True}
    written = {"solution": True, "grade": True}
    cells = [
        new_code_cell("x = 1", id="double", metadata=note("double", solution=True)),
        new_code_cell("x", id="check", metadata=note("double-check", points=2.0, **locked)),
    ]
    for name, points in (("essay", 3.0), ("why", 2.0)):
        text = answers.get(name, "YOUR ANSWER HERE")
        metadata = note(name, points=points, **written)
        cell = new_markdown_cell("YOUR ANSWER HERE", id=name, metadata=metadata)
        cell.metadata.nbgrader["checksum"] = compute_checksum(cell)  # tells if it is unwritten
        cell.source = text
        cells.append(cell)
    made = new_notebook(cells=cells)
    made.metadata.kernelspec = NotebookNode(
        name="python3", display_name="Python", language="python"
    )
    return made


def make_class(root, answers):
    """A graded class: student -> {question: answer}; the answer "" is the release's stub."""
    for kind in ("source", "release"):
        (root / kind / WEEK).mkdir(parents=True)
        nbformat.write(book(), root / kind / WEEK / "tiny.ipynb")
    (root / "solutions" / WEEK).mkdir(parents=True)
    (root / "solutions" / WEEK / "tiny.py").write_text(RUBRIC)
    (root / "nbgrader_config.py").write_text((REPOSITORY / "nbgrader_config.py").read_text())
    course = Course(root)
    for student, texts in answers.items():
        grade(course, student, **{name: text for name, text in texts.items() if text})
    return course


def grade(course, student, **answers):
    """Record a submission with these answers as graded: 2 points for its exercise."""
    assignment = course.assignment(WEEK)
    made = book(**answers)
    if "![" in answers.get("essay", ""):
        made.cells[2]["attachments"] = {"plot.png": {"image/png": PIXEL}}
    for folder in (assignment.submitted(student), assignment.autograded(student)):
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(made, folder / "tiny.ipynb")
    tests = (TestOutcome("test_double", 2.0, Outcome.PASSED, "Twice.", "", "", 0.1),)
    result = SubmissionResult(
        student, WEEK, Status.GRADED, "key", "cpu", True, 1.0, 1, (ExerciseResult("double", tests),)
    )
    with Writer(course, assignment) as writer:
        writer.write(replace(result, fingerprint=json.dumps(answers)), graded_cells(made))
    (assignment.autograded(student) / "result.json").write_text("{}")
