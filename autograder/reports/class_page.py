"""One page for the TA: how the class did, what went wrong most often, and every submission.

The page is complete: it opens without a network and its policy lets nothing leave. What students
chose (their ids, their errors) is data in it and never markup or script.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from urllib.parse import quote

import nbformat
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from autograder.course import Assignment
from autograder.files import write_atomically
from autograder.gradebook.totals import Total, Totals
from autograder.reports import item_analysis
from autograder.reports.feedback import TEMPLATES, feedback_page
from autograder.reports.item_analysis import Miss
from autograder.results.model import ExerciseResult, Status, SubmissionResult
from autograder.results.wording import OUTCOMES, attention

SLOW = 3.0  # times the class's median
SLOW_SECONDS = 30.0  # a shorter run is never slow
STATES = ("failed", "stopped", "slow", "second look", "no answer", "repaired", "no sandbox", "")


@dataclass(frozen=True)
class Row:
    """One submission on the page; `state` is one of STATES, `missed` are places in the list."""

    result: SubmissionResult
    page: str
    state: str
    remark: str
    exercises: dict[str, ExerciseResult]
    missed: tuple[int, ...]
    total: Total | None


def state(result: SubmissionResult, usual_seconds: float, total: Total | None = None) -> str:
    """The gravest thing about a submission, one of STATES."""
    found = {
        "failed": result.status is Status.FAILED,
        "stopped": bool(result.stopped_cells),
        "slow": bool(_slow(result, usual_seconds)),
        "second look": bool(total and total.second_looks),
        "no answer": not result.is_attempted,
        "repaired": bool(result.restored),
        "no sandbox": not result.sandboxed,
    }
    return next((name for name, is_so in found.items() if is_so), "")


def write_class_page(
    assignment: Assignment, results: Sequence[SubmissionResult], totals: Totals | None = None
) -> Path:
    """Write the page, and return its path. With `totals` it shows the gradebook's points, too."""
    # Altair takes a second to import, and other commands need only this module's remarks.
    from autograder.reports import charts

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html", "j2"])
    )
    environment.filters["points"] = "{:g}".format
    environment.filters["percent"] = lambda share: "–" if share is None else f"{share:.0%}"
    environment.filters["signed"] = lambda r: "–" if r is None else f"{r:+.2f}".replace("-", "−")
    environment.filters["span"] = span
    released = nbformat.read(assignment.release_notebook, as_version=4)
    notes = [cell.metadata.get("nbgrader", {}) for cell in released.cells]
    ran = item_analysis.ran(results)
    scores = {result.student: result.score for result in ran}
    items = item_analysis.items(results)
    bins = item_analysis.histogram(scores, max((r.max_score for r in ran), default=0.0))
    missed = item_analysis.misses(results)
    figures = {}
    if bins:
        figures["scores-figure"] = charts.score_figure(bins)
        figures["success-figure"] = charts.success_figure(items)
    if any(item.discrimination is not None for item in items):
        figures["discrimination-figure"] = charts.discrimination_figure(items)
    scripts = [charts.javascript(), (TEMPLATES / "class.js").read_text(encoding="utf-8")]
    text = environment.get_template("class.html.j2").render(
        assignment=assignment.name,
        rows=rows(assignment, results, missed, totals or Totals()),
        ran=ran,
        silent=len(ran) - len(item_analysis.answering(ran)),
        mean=fmean(scores.values()) if scores else 0.0,
        median=median(scores.values()) if scores else 0.0,
        full=sum(result.score >= result.max_score for result in ran),
        max_score=max((result.max_score for result in results), default=0.0),
        written=sum(n["points"] for n in notes if n.get("grade") and n.get("solution")),
        totals=totals,
        items=items,
        bins=bins,
        missed=missed,
        says=OUTCOMES,
        figures=figures,
        style=Markup((TEMPLATES / "class.css").read_text(encoding="utf-8")),
        scripts=[Markup(script) for script in scripts],
        policy=" ".join(map(_fingerprint, scripts)),
    )
    return write_atomically(assignment.class_page, text)


def second_look(total: Total | None) -> str:
    """Which of a student's exercises changed since a person graded them."""
    looks = [mark.exercise for mark in total.second_looks] if total else []
    return f"changed since a person graded it: {', '.join(looks)}" if looks else ""


def rows(
    assignment: Assignment,
    results: Sequence[SubmissionResult],
    missed: Sequence[Miss],
    totals: Totals,
) -> list[Row]:
    """A row a submission: what needs a look comes first, then by name."""
    ran = item_analysis.ran(results)
    usual = median(result.seconds for result in ran) if ran else 0.0
    found = [
        _row(assignment, result, usual, missed, totals.students.get(result.student))
        for result in results
    ]
    slow, lesser = STATES.index("slow"), STATES.index("no answer")

    def order(row: Row) -> tuple[int, float, str]:
        rank = min(STATES.index(row.state), lesser)
        return rank, -row.result.seconds if rank == slow else 0.0, row.result.student

    return sorted(found, key=order)


def _row(
    assignment: Assignment,
    result: SubmissionResult,
    usual_seconds: float,
    missed: Sequence[Miss],
    total: Total | None,
) -> Row:
    here = assignment.class_page.parent
    remarks = (_slow(result, usual_seconds), attention(result), second_look(total))
    return Row(
        result=result,
        page=quote(os.path.relpath(feedback_page(assignment, result.student), here)),
        state=state(result, usual_seconds, total),
        remark="; ".join(filter(None, remarks)),
        exercises={exercise.name: exercise for exercise in result.exercises},
        missed=tuple(i for i, miss in enumerate(missed) if result.student in miss.students),
        total=total,
    )


def span(seconds: float) -> str:
    """A time by its largest unit: '3 d', '5 h', '12 min'."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _slow(result: SubmissionResult, usual_seconds: float) -> str:
    slow = result.seconds > max(SLOW_SECONDS, SLOW * usual_seconds)
    return f"took {span(result.seconds)}, others {span(usual_seconds)}" if slow else ""


def _fingerprint(script: str) -> str:
    """A script as the page's policy names it, so that it runs no other."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
