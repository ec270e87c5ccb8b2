"""Feedback in short, as Markdown: each exercise's points, and a hint for what is missing."""

import html

from autograder.gradebook.totals import Mark, Total
from autograder.results.model import Status, SubmissionResult
from autograder.results.wording import UNWRITTEN, score_text, title, verdict
from autograder.text import escape_markdown as plain


def feedback_text(result: SubmissionResult, total: Total, page: str) -> str:
    """The student's own result; `page` is the file beside it that has all of it.

    Like the page it shows hints and remarks, never what a hidden test sent or expected.
    """
    bonus = {exercise.name for exercise in result.exercises if exercise.bonus}
    full = sum(mark.max_score for mark in total.marks if mark.exercise not in bonus)
    so_far = " so far" if total.waiting else ""
    lines = [f"# {plain(result.assignment)}: {score_text(total.points, full)}{so_far}", ""]
    if result.status is Status.FAILED:
        lines += [f"**Your notebook could not be run:** {plain(result.reason)}.", ""]
    lines += [
        f"The page [{page}]({page}) has it all, with your notebook as it ran and the comments of a "
        "person, if there are any (download it and open it in a browser).",
        "",
        "| exercise | points | of |",
        "|---|---:|---:|",
    ]
    for mark in total.marks:
        name = plain(mark.exercise) + (" (bonus)" if mark.exercise in bonus else "")
        lines.append(f"| {name} | {_points(mark)} | {mark.max_score:g} |")
    if total.penalty:
        lines += ["", f"Late: {total.penalty:g} points are taken off."]
    for exercise in result.exercises:
        failed = [test for test in exercise.tests if not test.passed]
        if failed and result.status is Status.GRADED:
            lines += ["", f"### {plain(exercise.name)}", ""]
            if exercise.is_unwritten:
                lines.append(UNWRITTEN.capitalize() + ".")
                continue
            for test in failed:
                head = f"* **{plain(title(test))}** ({test.points:g}): {plain(verdict(test))}"
                lines += [head, f"  {html.escape(test.hint, quote=False)}"]
    return "\n".join(lines) + "\n"


def _points(mark: Mark) -> str:
    if not mark.waiting:
        unwritten = mark.written and not mark.by_person and not mark.points
        return f"{mark.points:g}{', not written' if unwritten else ''}"
    if mark.by_person:
        return f"{mark.points:g} for an earlier version, a person will look again"
    return "a person will read it"
