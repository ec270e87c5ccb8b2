"""One page for the TA: how the class did, what went wrong most often, and every submission.

The page is complete: it opens without a network, and its policy lets nothing leave. What students
choose (their ids, their errors) is data in it and never markup or script.
"""

import base64
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import fmean, median
from typing import Any
from urllib.parse import quote

import nbformat
from markupsafe import Markup

from autograder.course import Assignment
from autograder.files import write_atomically
from autograder.gradebook.totals import Total, Totals
from autograder.reports import charts, item_analysis
from autograder.reports.feedback import feedback_page
from autograder.reports.item_analysis import Bin, Item, Miss
from autograder.reports.pages import TEMPLATES, render
from autograder.results.model import ExerciseResult, Status, SubmissionResult
from autograder.results.wording import OUTCOMES, attention
from autograder.text import duration

SLOW = 3.0  # times the class's median
SLOW_SECONDS = 30.0  # a shorter run is never slow


class State(StrEnum):
    """The most serious thing about a submission, most serious first."""

    FAILED = "failed"
    STOPPED = "stopped"
    SLOW = "slow"
    SECOND_LOOK = "second look"
    NO_ANSWER = "no answer"
    REPAIRED = "repaired"
    NO_SANDBOX = "no sandbox"
    FINE = ""


SERIOUS = (State.FAILED, State.STOPPED, State.SLOW, State.SECOND_LOOK)
STATES = tuple(State)


@dataclass(frozen=True)
class Row:
    """One submission on the page; `missed` are positions in the list of misses."""

    result: SubmissionResult
    page: str
    state: State
    remark: str
    exercises: dict[str, ExerciseResult]
    missed: tuple[int, ...]
    total: Total | None


@dataclass(frozen=True)
class ClassReport:
    """What the page shows of a class.

    `scores` are by student and without a bonus, so that none is above `max_score`; `bonus` is what
    can be reached beyond it, and `with_bonus` counts the students who have some of it. `written`
    are the points of written answers.
    """

    assignment: str
    rows: tuple[Row, ...]
    scores: Mapping[str, float]
    max_score: float
    bonus: float
    with_bonus: int
    without_answer: int
    written: float
    items: tuple[Item, ...]
    bins: tuple[Bin, ...]
    misses: tuple[Miss, ...]
    has_totals: bool

    @property
    def median(self) -> float:
        return median(self.scores.values())

    @property
    def mean(self) -> float:
        return fmean(self.scores.values())

    @property
    def full_marks(self) -> int:
        return sum(score >= self.max_score for score in self.scores.values())

    @property
    def could_not_run(self) -> int:
        return len(self.rows) - len(self.scores)

    @property
    def serious(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.state in SERIOUS)

    @property
    def lesser(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.state not in (*SERIOUS, State.FINE))

    @property
    def late(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.total and row.total.seconds_late)

    @property
    def need_grading(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.total and row.total.waiting)


def class_report(
    assignment: Assignment, results: Sequence[SubmissionResult], totals: Totals | None = None
) -> ClassReport:
    """What the class's page shows. With `totals` it has the gradebook's points, too."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    notes = [cell.metadata.get("nbgrader", {}) for cell in released.cells]
    ran = item_analysis.ran(results)
    scores = {result.student: result.score - result.bonus_score for result in ran}
    misses = item_analysis.misses(results)
    return ClassReport(
        assignment=assignment.name,
        rows=tuple(rows(assignment, results, misses, totals or Totals())),
        scores=scores,
        max_score=max((result.max_score for result in results), default=0.0),
        bonus=max((result.bonus for result in results), default=0.0),
        with_bonus=sum(result.bonus_score > 0 for result in ran),
        without_answer=len(ran) - len(item_analysis.answering(ran)),
        written=sum(n["points"] for n in notes if n.get("grade") and n.get("solution")),
        items=tuple(item_analysis.items(results)),
        bins=tuple(item_analysis.histogram(scores, max((r.max_score for r in ran), default=0.0))),
        misses=tuple(misses),
        has_totals=totals is not None,
    )


def write_class_page(
    assignment: Assignment, results: Sequence[SubmissionResult], totals: Totals | None = None
) -> Path:
    """Write the page, and return its path."""
    report = class_report(assignment, results, totals)
    scripts = [charts.javascript(), (TEMPLATES / "class.js").read_text(encoding="utf-8")]
    text = render(
        "class.html.j2",
        report=report,
        serious_states=SERIOUS,
        outcomes=OUTCOMES,
        figures=_figures(report),
        style=Markup((TEMPLATES / "class.css").read_text(encoding="utf-8")),
        scripts=[Markup(script) for script in scripts],
        policy=" ".join(map(_fingerprint, scripts)),
    )
    return write_atomically(assignment.class_page, text)


def _figures(report: ClassReport) -> dict[str, dict[str, Any]]:
    figures = {}
    if report.bins:
        figures["scores-figure"] = charts.score_figure(report.bins)
        figures["success-figure"] = charts.success_figure(report.items)
    if any(item.discrimination is not None for item in report.items):
        figures["discrimination-figure"] = charts.discrimination_figure(report.items)
    return figures


def state(result: SubmissionResult, usual_seconds: float, total: Total | None = None) -> State:
    """The most serious thing about a submission."""
    is_so = {
        State.FAILED: result.status is Status.FAILED,
        State.STOPPED: bool(result.stopped_cells),
        State.SLOW: bool(_slow(result, usual_seconds)),
        State.SECOND_LOOK: bool(total and total.second_looks),
        State.NO_ANSWER: not result.is_attempted,
        State.REPAIRED: bool(result.restored),
        State.NO_SANDBOX: not result.sandboxed,
        State.FINE: True,
    }
    return next(state for state in State if is_so[state])


def second_look(total: Total | None) -> str:
    """The student's exercises that changed after a person graded them."""
    looks = [mark.exercise for mark in total.second_looks] if total else []
    return f"changed after manual grading: {', '.join(looks)}" if looks else ""


def rows(
    assignment: Assignment,
    results: Sequence[SubmissionResult],
    missed: Sequence[Miss],
    totals: Totals,
) -> list[Row]:
    """One row per submission: what needs attention comes first, then by name."""
    ran = item_analysis.ran(results)
    usual = median(result.seconds for result in ran) if ran else 0.0
    found = [
        _row(assignment, result, usual, missed, totals.students.get(result.student))
        for result in results
    ]
    slow, lesser = STATES.index(State.SLOW), STATES.index(State.NO_ANSWER)

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


def _slow(result: SubmissionResult, usual_seconds: float) -> str:
    slow = result.seconds > max(SLOW_SECONDS, SLOW * usual_seconds)
    return f"took {duration(result.seconds)}, others {duration(usual_seconds)}" if slow else ""


def _fingerprint(script: str) -> str:
    """A script as the page's policy names it, so that it runs no other."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
