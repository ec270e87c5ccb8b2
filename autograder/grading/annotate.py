"""Puts a result into the executed notebook: a summary on top, a report at each exercise.

The autograded notebook is what the TA sees in formgrader and what nbgrader makes feedback from, so
what is written here reaches the student: hints and remarks, never a test's detail. What the student
wrote into it is made harmless first, because a TA opens it in a browser that may change grades.
"""

import copy
import html
import re
from typing import Any

from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder.notebook.cells import check_name, grade_id, is_locked
from autograder.notebook.failure import CellFailure, FailureCause, recorded_failure
from autograder.results import wording
from autograder.results.model import ExerciseResult, Status, SubmissionResult

SUMMARY = "grading-summary"
TABLE_TAGS = ("div", "p", "pre", "span", "table", "thead", "tbody", "tr", "th", "td")
SHOWN = ("text/html", "text/plain", "text/latex", "image/png", "image/jpeg")
MAX_TAGS = 5000  # HTML tags of student outputs on one page
# A scheme that runs what follows, with whatever a browser or Markdown would drop from between.
SCHEMES = re.compile(
    "|".join(r"[\s\\\x00-\x20]*".join([*word, ":"]) for word in ("javascript", "vbscript", "data")),
    re.IGNORECASE,
)
STYLE = "<style>.grader{border-left:4px solid #0072B2;padding:.3em .9em;margin:.4em 0}</style>"


def annotate(notebook: NotebookNode, result: SubmissionResult) -> NotebookNode:
    """A copy of the notebook with the result in it."""
    notebook = harmless(notebook)
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


def harmless(notebook: NotebookNode) -> NotebookNode:
    """A copy in which nothing that the student wrote is run by a browser."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata.pop("widgets", None)
    tags = MAX_TAGS
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, tags = _safe_outputs(cell.outputs, tags)
        elif not is_locked(cell):
            cell.source = _without_tags(cell.source)
            for name in set(re.findall(r"attachment:([^\s)\"'>]*)", cell.source)):
                if name not in cell.get("attachments", {}):  # nbconvert would refuse the page
                    cell.source = cell.source.replace(f"attachment:{name}", f"missing:{name}")
    return notebook


def _safe_outputs(outputs: list[NotebookNode], tags: int) -> tuple[list[NotebookNode], int]:
    """(outputs without anything that a browser runs, what is left of the page's HTML tags).

    Cleaning nested HTML takes quadratic time, so there is a limit to it.
    """
    sanitizer = SanitizeHTML(tags=list(TABLE_TAGS), attributes={"*": ["class"]}, strip=True)
    kept = []
    for output in outputs:
        if "data" in output:
            data = {kind: _text(output.data[kind]) for kind in SHOWN if kind in output.data}
            tags -= data.get("text/html", "").count("<")
            if tags < 0:
                data.pop("text/html", None)
            output.data, output.metadata = NotebookNode(data), NotebookNode()
            sanitizer.sanitize_code_outputs([output])
            if not data:
                continue
        kept.append(output)
    return kept, tags


def _text(content: Any) -> str:
    """One mime type's content; nbformat allows a list of lines."""
    return "".join(map(str, content)) if isinstance(content, list) else str(content)


def exercise_html(exercise: ExerciseResult) -> str:
    items = []
    for test in exercise.tests:
        mark = "✓" if test.passed else "✗"
        head = f"{mark} <b>{html.escape(wording.title(test))}</b> ({test.points:g}): "
        hint = "" if test.passed else f"<br>{html.escape(test.hint)}"
        items.append(f"<li>{head}{html.escape(wording.verdict(test))}{hint}</li>")
    head = f"{exercise.name}: {wording.score_text(exercise.score, exercise.max_score)}"
    head += " (bonus)" if exercise.bonus else ""
    body = "".join(items)
    return (
        f'{STYLE}<div class="grader"><b>{html.escape(head)}</b>'
        f'<ul style="list-style:none;padding-left:.4em">{body}</ul></div>'
    )


def summary_markdown(result: SubmissionResult, notebook: NotebookNode) -> str:
    """The cell on top: why nothing ran, which cells did not complete, what was restored."""
    parts = []
    if result.status is Status.FAILED:
        parts.append(f"**This submission could not be run:** {_plain(result.reason)}.")
    places: dict[str, list[str]] = {}
    unwritten = {exercise.name for exercise in result.exercises if exercise.is_unwritten}
    for failed in result.failed_cells:
        if _is_said_at_its_exercise(failed.failure, unwritten):
            continue
        cell = notebook.cells[failed.index]
        count = cell.get("execution_count")
        place = f"In [{count}]" if count else f"cell {failed.index + 1}"
        link = f"[{_plain(place)}](#cell-id={cell.id})"  # nbconvert's anchor
        places.setdefault(wording.cell_failure(failed.failure), []).append(link)
    if places:
        lines = [f"* {_plain(why)}: {', '.join(where)}" for why, where in places.items()]
        parts.append("**Cells that did not complete**\n\n" + "\n".join(lines))
    if result.restored:
        lines = [f"* {_plain(change)}" for change in result.restored]
        parts.append("**Changed before the notebook ran**\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def show_stopped_cells(notebook: NotebookNode) -> None:
    """Tell a reader, in the cell's output, why a cell was stopped or did not run."""
    for cell in notebook.cells:
        failure = recorded_failure(cell)
        if failure is not None and failure.cause is not FailureCause.RAISED:
            text = f"The grader: this cell {wording.cell_failure(failure)}.\n"
            cell.outputs.append(new_output("stream", name="stderr", text=text))


def _is_said_at_its_exercise(failure: CellFailure, unwritten: set[str]) -> bool:
    """Whether the cell failed only because an exercise is not written."""
    return failure.exception == NotImplementedError.__name__ or failure.missing_name in unwritten


def _plain(text: str) -> str:
    """Text of a student's choosing, as Markdown that shows it and does nothing else."""
    return re.sub(r"([\\`*_\[\]#|$~])", r"\\\1", html.escape(" ".join(text.split()), quote=False))


def _without_tags(source: str) -> str:
    """Markdown whose raw HTML is shown instead of obeyed, and whose links run nothing.

    A zero-width space after each '<' that could begin a tag keeps the text, and the mathematics,
    readable; escaping it would be shown as an entity inside $...$.
    """
    if SCHEMES.search(plain := html.unescape(source)):  # entities would hide it from us alone
        source = SCHEMES.sub(lambda found: f"{found[0][0]}\u200b{found[0][1:]}", plain)
    return re.sub(r"<(?=[A-Za-z/!?])", "<\u200b", source)
