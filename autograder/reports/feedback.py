"""A student's feedback: a page of the notebook, made by nbconvert, and a summary, README.md.

Both come from the annotated notebook and the gradebook, so generating them again adds scores and
comments that a TA entered since. `nbgrader generate_feedback` makes nbgrader's page of the same. It
is not used here: it takes a student's id as a pattern for files.
"""

import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade
from traitlets.config import Config

from autograder.course import Assignment, Course
from autograder.files import write_atomically
from autograder.gradebook.rows import Comment
from autograder.gradebook.totals import Mark, Total, read_submission_rows, totals_of
from autograder.notebook.cells import exercise_of, grade_id
from autograder.notebook.rubrics import without_rubrics
from autograder.published import BADGE
from autograder.reports import freshness
from autograder.reports.exporter import PageExporter
from autograder.results.model import ExerciseResult, Status, SubmissionResult, TestOutcome
from autograder.results.wording import (
    UNWRITTEN,
    also_failed,
    cell_name,
    likely_mistake,
    score_text,
    title,
    verdict,
)
from autograder.text import as_points
from autograder.text import escape_markdown as plain

README = "README.md"
# Files that nbgrader's exchange adds to a submission. It looks for them beside a page to release.
EXCHANGE_NOTES = ("timestamp.txt", "submission_secret.txt")
# The states of exercises as the page shows them: heading and class, what is to be done first.
HEADINGS = {
    "open": ("✗ Not complete yet", "lost"),
    "waiting": ("Your TA will grade these", "soft"),
    "complete": ("✓ Complete", "ok"),
}
LARGE = 1_500_000  # bytes of a page's pictures that deserve a word
MAX_NAMED = 3  # cells with large pictures
TEMPLATES = Path(__file__).with_name("templates")


class AddMarks:
    """A step of nbconvert that adds points and comments to a notebook's cells.

    nbgrader's step, `GetGrades`, asks the database twice for each cell. It knows neither bonus
    points nor which answers still need manual grading.
    """

    def __init__(
        self,
        total: Total,
        max_score: float,
        comments: Sequence[Comment],
        exercises: Sequence[ExerciseResult] = (),
        late: str = "",
    ):
        """`max_score` includes bonus points; `late` is what the page says of late work."""
        self.total = total
        self.max_score = max_score
        self.marks = {mark.exercise: mark for mark in total.marks}
        self.comments = {comment.cell: comment for comment in comments}
        self.late = late
        self.exercises = {exercise.name: exercise for exercise in exercises}

    def __call__(
        self, notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Add to each cell's nbgrader metadata what the template shows."""
        cells: dict[str, list[NotebookNode]] = {name: [] for name in HEADINGS}
        resources["nbgrader"] |= {
            "score": self.total.points,
            "max_score": self.max_score - notebook.metadata.get("autograder", {}).get("bonus", 0),
            "late": self.late,
            "needs_grading": self.total.needs_grading,
            "pictures": large_pictures(notebook),
            "states": [
                {"name": name, "heading": heading, "look": look, "cells": cells[name]}
                for name, (heading, look) in HEADINGS.items()
            ],
        }
        for cell in notebook.cells:
            if is_grade(cell):
                mark = self.marks[exercise_of(grade_id(cell))]
                cell.metadata.nbgrader |= {
                    "score": mark.points,
                    "points": mark.max_score,
                    "exercise": mark.exercise,
                    "needs_grading": mark.needs_grading,
                    "is_manual": mark.is_manual,
                    "remark": remark(mark, self.exercises.get(mark.exercise)),
                }
                cells[state(mark)].append(cell.metadata.nbgrader)
            if comment := self.comments.get(grade_id(cell)):
                cell.metadata.nbgrader.comment = comment.text
        return notebook, resources


def state(mark: Mark) -> str:
    """Which of `HEADINGS` an exercise is under."""
    if mark.needs_grading and not mark.is_manual:
        return "waiting"
    return "complete" if mark.points >= mark.max_score and not mark.needs_grading else "open"


def remark(mark: Mark, exercise: ExerciseResult | None) -> str:
    """What the page says of an exercise beside its points."""
    if mark.needs_grading:
        return "for an earlier version, your TA will grade it again"
    if mark.written and not mark.is_manual and not mark.points:
        return "not written"
    if exercise is None:
        return ""
    words = ["bonus"] if exercise.bonus else []
    failed = sum(not test.passed for test in exercise.tests)
    if exercise.is_unwritten:
        words.append(UNWRITTEN)
    elif failed:
        words.append(f"{failed} of {len(exercise.tests)} tests not passed")
    return ", ".join(words)


def large_pictures(notebook: NotebookNode) -> list[dict[str, str]]:
    """Where a notebook's largest pictures are, if together they make its page large."""
    sizes = [(_picture_bytes(cell), index) for index, cell in enumerate(notebook.cells)]
    if sum(size for size, _ in sizes) < LARGE:
        return []
    largest = sorted(sizes, reverse=True)[:MAX_NAMED]
    return [
        {
            "id": notebook.cells[index].id,
            "name": cell_name(notebook.cells[index].get("execution_count"), index),
            "megabytes": f"{size / 1e6:.1f}",
        }
        for size, index in largest
        if size >= LARGE / 10
    ]


def _picture_bytes(cell: NotebookNode) -> int:
    bundles = [output.get("data", {}) for output in cell.get("outputs", [])]
    bundles += cell.get("attachments", {}).values()
    return sum(
        len(content)
        for bundle in bundles
        for kind, content in bundle.items()
        if kind.startswith("image/")
    )


def write_feedback(assignment: Assignment, result: SubmissionResult) -> Path:
    """Write one student's page and README.md; returns the page's path.

    Raises AutograderError if the gradebook does not have the submission.
    """
    student = result.student
    # Read first: if a person enters a score meanwhile, the page counts as out of date.
    rows = read_submission_rows(Course(assignment.root), assignment, student)
    total = totals_of(assignment, rows).students[student]
    config = Config()
    config.HTMLExporter.template_name = "student_feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.filters = {"points": as_points}
    config.HTMLExporter.optimistic_validation = True  # each validation copies the notebook
    config.Exporter.default_preprocessors = []
    exporter = PageExporter(config=config)
    late = assignment.late.text(total.days_late, total.penalty)
    marks = AddMarks(total, rows.max_score, rows.comments, result.exercises, late)
    exporter.register_preprocessor(marks, enabled=True)
    name = assignment.release_notebook.name
    notebook = nbformat.read(assignment.autograded(student) / name, as_version=4)
    notebook = without_badge(without_rubrics(notebook))
    about = {"assignment": assignment.name, "student": student}
    html_page, _ = exporter.from_notebook_node(notebook, {"nbgrader": about})
    page = assignment.feedback_page(student)
    write_atomically(page, html_page)
    for note in EXCHANGE_NOTES:
        if (path := assignment.autograded(student) / note).is_file():
            write_atomically(page.with_name(note), path.read_text(encoding="utf-8"))
    write_atomically(page.with_name(README), feedback_text(result, total, page.name, late))
    freshness.feedback(assignment, student).note_made(
        freshness.feedback_digest(assignment, student, rows.digests())
    )
    return page


def without_badge(notebook: NotebookNode) -> NotebookNode:
    """The notebook without its button for Colab, whose picture a page without a network lacks."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            lines = cell.source.split("\n")
            cell.source = "\n".join(line for line in lines if BADGE not in line)
    return notebook


def feedback_text(result: SubmissionResult, total: Total, page: str, late: str = "") -> str:
    """The summary as Markdown: each exercise's points, and hints for the tests that failed.

    `page` is the name of the page next to it, `late` what to say of late work. Like the
    page, the summary shows hints and remarks, but never what a hidden test sent or expected.
    """
    bonus = {exercise.name for exercise in result.exercises if exercise.bonus}
    full = sum(mark.max_score for mark in total.marks if mark.exercise not in bonus)
    so_far = " so far" if total.needs_grading else ""
    lines = [
        f"# {plain(result.assignment)}: {score_text(total.points, full)}{so_far}",
        "",
    ]
    if result.status is Status.FAILED:
        lines += [f"**Your notebook could not be run:** {plain(result.reason)}.", ""]
    lines += [f"* {plain(note)}" for note in result.notes]
    lines += [""] if result.notes else []
    lines += [
        f"The full page is [{page}]({page}): your notebook as it ran, with your TA's comments if "
        "there are any. Download it and open it in a browser.",
        "",
        "| exercise | points | of |",
        "|---|---:|---:|",
    ]
    for mark in total.marks:
        name = plain(mark.exercise) + (" (bonus)" if mark.exercise in bonus else "")
        lines.append(f"| {name} | {_points(mark)} | {as_points(mark.max_score)} |")
    if late:
        lines += ["", late]
    for exercise in result.exercises:
        failed = [test for test in exercise.tests if not test.passed]
        if failed and result.status is Status.GRADED:
            lines += ["", f"### {plain(exercise.name)}", ""]
            if exercise.is_unwritten:
                lines.append(UNWRITTEN.capitalize() + ".")
                continue
            lines += _failed_lines(failed, likely_mistake(exercise))
    return "\n".join(lines) + "\n"


def _failed_lines(failed: Sequence[TestOutcome], mistake: str) -> Iterator[str]:
    """The failed tests as a list. Below a likely mistake, those after the first are indented."""
    if mistake:
        yield from (f"**{html.escape(mistake, quote=False)}**", "")
    for index, test in enumerate(failed):
        if mistake and index == 1:
            yield f"* {also_failed(len(failed) - 1)}:"
        indent = "  " if mistake and index else ""
        points = as_points(test.points)
        yield f"{indent}* **{plain(title(test))}** ({points}): {plain(verdict(test))}"
        yield f"{indent}  {html.escape(test.hint, quote=False)}"


def _points(mark: Mark) -> str:
    if not mark.needs_grading:
        unwritten = mark.written and not mark.is_manual and not mark.points
        return f"{as_points(mark.points)}{', not written' if unwritten else ''}"
    if mark.is_manual:
        return f"{as_points(mark.points)} for an earlier version, your TA will grade it again"
    return "your TA will grade it"
