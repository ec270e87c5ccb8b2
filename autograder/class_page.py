"""One page for the TA: every submission of an assignment, its scores, the way to its feedback."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import nbformat
from jinja2 import Environment, FileSystemLoader, select_autoescape

from autograder.course import Assignment
from autograder.feedback import TEMPLATES, feedback_page
from autograder.no_answer import UNWRITTEN
from autograder.result import Status, SubmissionResult, write_atomically


def remark(result: SubmissionResult) -> str:
    """What a TA should know of a submission beyond its scores, in a few words."""
    if result.status is Status.FAILED:
        return f"failed: {result.reason}"
    remarks = []
    unwritten = [e for e in result.exercises if all(t.remark == UNWRITTEN for t in e.tests)]
    if unwritten and len(unwritten) == len(result.exercises):
        remarks.append("no exercise is written")
    stopped = [cell.reason for cell in result.failed_cells if "stopped" in cell.reason]
    stopped += [cell.reason for cell in result.failed_cells if "ended" in cell.reason]
    if stopped:
        remarks.append(stopped[0])
    if result.restored:
        remarks.append(f"{len(result.restored)} locked or doubled cells put right")
    if not result.sandboxed:
        remarks.append("run without a sandbox")
    return "; ".join(remarks)


def write_class_page(assignment: Assignment, results: Sequence[SubmissionResult]) -> Path:
    """Write the page, and return its path."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html", "j2"])
    )
    released = nbformat.read(assignment.release_notebook, as_version=4)
    notes = [cell.metadata.get("nbgrader", {}) for cell in released.cells]
    page = assignment.class_page
    students = [
        {
            "name": result.student,
            "page": quote(os.path.relpath(feedback_page(assignment, result.student), page.parent)),
            "scores": [(exercise.score, exercise.max_score) for exercise in result.exercises],
            "score": result.score,
            "seconds": result.seconds,
            "remark": remark(result),
        }
        for result in sorted(results, key=lambda result: result.student)
    ]
    text = environment.get_template("class.html.j2").render(
        assignment=assignment.name,
        students=students,
        exercises=results[0].exercises if results else (),
        max_score=results[0].max_score if results else 0.0,
        written=sum(n["points"] for n in notes if n.get("grade") and n.get("solution")),
    )
    return write_atomically(page, text)
