"""Feedback in short, as Markdown: each exercise's points, and a hint for what is missing."""

import html

from autograder.markdown import plain
from autograder.no_answer import UNWRITTEN
from autograder.report import score_text, title, verdict
from autograder.result import Status, SubmissionResult


def feedback_text(result: SubmissionResult, page: str) -> str:
    """The student's own result; `page` is the file beside it that has all of it.

    Like the page it shows hints and remarks, never what a hidden test sent or expected.
    """
    lines = [f"# {plain(result.assignment)}", ""]
    if result.status is Status.FAILED:
        lines += [f"**Your notebook could not be run:** {plain(result.reason)}.", ""]
    lines += [
        f"{score_text(result.score, result.max_score)} by the hidden tests. A person reads the "
        f"written answers: their points and comments are on the page [{page}]({page}), with your "
        "notebook as it ran (download it and open it in a browser).",
        "",
        "| exercise | points | of |",
        "|---|---:|---:|",
    ]
    for exercise in result.exercises:
        name = plain(exercise.name) + (" (bonus)" if exercise.bonus else "")
        lines.append(f"| {name} | {exercise.score:g} | {exercise.max_score:g} |")
    for exercise in result.exercises:
        failed = [test for test in exercise.tests if not test.passed]
        if failed and result.status is Status.GRADED:
            lines += ["", f"### {plain(exercise.name)}", ""]
            if all(test.remark == UNWRITTEN for test in exercise.tests):
                lines.append(UNWRITTEN.capitalize() + ".")
                continue
            for test in failed:
                head = f"* **{plain(title(test))}** ({test.points:g}): {plain(verdict(test))}"
                lines += [head, f"  {html.escape(test.hint, quote=False)}"]
    return "\n".join(lines) + "\n"
