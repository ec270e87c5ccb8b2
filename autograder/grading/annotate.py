"""Adds a result to the executed notebook: a summary at the top, and hints at each exercise.

The TA sees this notebook in formgrader, and nbgrader makes the feedback from it. So it shows hints
and remarks, never a test's detail. The student's own content is sanitized first.
"""

import html
from collections.abc import Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder.notebook.cells import check_name, grade_id
from autograder.notebook.failure import CellFailure, FailureCause, recorded_failure
from autograder.notebook.sanitize import sanitize
from autograder.results import wording
from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult, TestOutcome
from autograder.text import as_points, escape_markdown

SUMMARY = "grading-summary"
# For formgrader and JupyterLab. A feedback page has colors of its own for these classes.
STYLE = (
    "<style>.grader{border-left:4px solid #0072B2;padding:.3em .9em;margin:.4em 0}"
    ".grader .failed{border-left:4px solid #a84300;background:#fdf2ea;padding:.3em .9em;"
    "margin:.4em 0}.grader ul{list-style:none;padding-left:.4em;margin:.2em 0}"
    ".grader li{margin:.4em 0}</style>"
)


def annotate(notebook: NotebookNode, result: SubmissionResult) -> NotebookNode:
    """A copy of the notebook with the result in it."""
    notebook = sanitize(notebook)
    show_stopped_cells(notebook)
    exercises = {check_name(exercise.name): exercise for exercise in result.exercises}
    for cell in notebook.cells:
        exercise = exercises.get(grade_id(cell))
        if exercise and cell.cell_type == "code":
            data = {
                "text/html": exercise_html(exercise),
                "text/plain": wording.comment(exercise) or "passed",
            }
            cell.outputs.append(new_output("display_data", data))
    notebook.metadata["title"] = f"{result.assignment}: {result.student}"
    notebook.metadata["not_graded"] = result.reason
    notebook.metadata["autograder"] = NotebookNode(bonus=result.bonus)
    if text := summary_markdown(result, notebook):
        notebook.cells.insert(0, new_markdown_cell(text, id=SUMMARY))
    return notebook


def exercise_html(exercise: ExerciseResult) -> str:
    """The report at an exercise: its points, the failed tests with their hints, and the others."""
    head = f"{exercise.name}: {wording.score_text(exercise.score, exercise.max_score)}"
    head += " (bonus)" if exercise.bonus else ""
    parts = [f"{STYLE}<b>{html.escape(head)}</b>"]
    failed = [test for test in exercise.tests if not test.passed]
    passed = [test for test in exercise.tests if test.passed]
    if failed:
        parts.append(
            f'<div class="failed"><b>✗ Not passed yet ({len(failed)})</b>'
            f"{_failed_html(failed, wording.likely_mistake(exercise))}</div>"
        )
    if passed:
        items = "".join(_test_html(test, exercise.counts(test)) for test in passed)
        parts.append(
            f'<details class="passed"><summary>✓ Passed ({len(passed)})</summary>'
            f"<ul>{items}</ul></details>"
        )
    return f'<div class="grader">{"".join(parts)}</div>'


def _failed_html(failed: Sequence[TestOutcome], mistake: str) -> str:
    """The failed tests. Below a likely mistake, those after the first are folded."""
    if not mistake:
        return f"<ul>{''.join(map(_test_html, failed))}</ul>"
    first, others = _test_html(failed[0]), "".join(map(_test_html, failed[1:]))
    also = html.escape(wording.also_failed(len(failed) - 1))
    folded = f"<details><summary>{also}</summary><ul>{others}</ul></details>" if others else ""
    return f'<p class="mistake"><b>{html.escape(mistake)}</b></p><ul>{first}</ul>{folded}'


def _test_html(test: TestOutcome, counts: bool = True) -> str:
    points = f"{as_points(test.points)} point{'' if test.points == 1 else 's'}"
    parts = [f"<b>{html.escape(wording.title(test))}</b> ({points})"]
    if test.remark or test.outcome not in (Outcome.PASSED, Outcome.FAILED):
        parts.append(f": {html.escape(wording.verdict(test))}")
    if not test.passed:
        parts.append(f"<br>{html.escape(test.hint)}")
    elif not counts:
        parts.append(f"<br>{html.escape(wording.FORM_ALONE)}")
    return f"<li>{''.join(parts)}</li>"


def summary_markdown(result: SubmissionResult, notebook: NotebookNode) -> str:
    """The cell at the top: why nothing ran, which cells did not complete, notes, what changed."""
    parts = []
    if result.status is Status.FAILED:
        parts.append(f"**This submission could not be run:** {escape_markdown(result.reason)}.")
    links: dict[str, list[str]] = {}
    unwritten = {exercise.name for exercise in result.exercises if exercise.is_unwritten}
    for failed in result.failed_cells:
        if _is_reported_at_its_exercise(failed.failure, unwritten):
            continue
        cell = notebook.cells[failed.index]
        count = cell.get("execution_count")
        place = f"In [{count}]" if count else f"cell {failed.index + 1}"
        link = f"[{escape_markdown(place)}](#cell-id={cell.id})"  # nbconvert's anchor
        links.setdefault(wording.cell_failure(failed.failure), []).append(link)
    if links:
        lines = [f"* {escape_markdown(why)}: {', '.join(cells)}" for why, cells in links.items()]
        parts.append("**Cells that did not complete**\n\n" + "\n".join(lines))
    if result.notes:
        lines = [f"* {escape_markdown(note)}" for note in result.notes]
        parts.append("**Please note**\n\n" + "\n".join(lines))
    if result.restored:
        lines = [f"* {escape_markdown(change)}" for change in result.restored]
        parts.append("**Changed before the notebook ran**\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def show_stopped_cells(notebook: NotebookNode) -> None:
    """Add to a cell's output why it was stopped or did not run."""
    for cell in notebook.cells:
        failure = recorded_failure(cell)
        if failure is not None and failure.cause is not FailureCause.RAISED:
            text = f"The grader: this cell {wording.cell_failure(failure)}.\n"
            cell.outputs.append(new_output("stream", name="stderr", text=text))


def _is_reported_at_its_exercise(failure: CellFailure, unwritten: set[str]) -> bool:
    """Whether the cell failed only because an exercise is not written."""
    return failure.exception == NotImplementedError.__name__ or failure.missing_name in unwritten
