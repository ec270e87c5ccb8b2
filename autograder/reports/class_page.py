"""The class page for the TA: statistics of the class, frequent mistakes, and every submission.

The page works offline, and its content security policy blocks every request. Text from students
(ids, error messages) is escaped: it is never markup or script.
"""

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
from autograder.notebook.cells import notebook_title
from autograder.reports import charts, item_analysis
from autograder.reports.item_analysis import Bin, Item, Miss
from autograder.reports.pages import TEMPLATES, fingerprint, render
from autograder.results.model import ExerciseResult, Status, SubmissionResult
from autograder.results.wording import OUTCOMES, attention
from autograder.text import duration

MIN_DISCRIMINATION = 15  # submissions: in a smaller class, a correlation is mostly chance
SLOW = 3.0  # times the class's median
SLOW_SECONDS = 30.0  # a shorter run is never slow


class State(StrEnum):
    """The most serious thing about a submission, most serious first."""

    FAILED = "failed"
    STOPPED = "stopped"
    SLOW = "slow"
    NEEDS_REGRADING = "changed"
    NO_ANSWER = "no answer"
    REPAIRED = "repaired"
    NO_SANDBOX = "no sandbox"
    FINE = ""


SERIOUS = (State.FAILED, State.STOPPED, State.SLOW, State.NEEDS_REGRADING)
STATES = tuple(State)


@dataclass(frozen=True)
class Row:
    """One submission on the page; `missed` are indices into the report's misses."""

    result: SubmissionResult
    page: str
    state: State
    remark: str
    exercises: dict[str, ExerciseResult]
    missed: tuple[int, ...]
    total: Total | None


@dataclass(frozen=True)
class ClassReport:
    """What the page shows.

    `scores` holds the points by student without bonus points, so none is above `max_score`. `bonus`
    is the maximum number of bonus points, and `with_bonus` the number of students who have some.
    `written` is the number of points for written answers. `answers` is the number of submissions
    with an answer.
    """

    assignment: str
    title: str
    rows: tuple[Row, ...]
    scores: Mapping[str, float]
    max_score: float
    bonus: float
    with_bonus: int
    without_answer: int
    answers: int
    written: float
    items: tuple[Item, ...]
    bins: tuple[Bin, ...]
    misses: tuple[Miss, ...]
    has_totals: bool

    @property
    def median(self) -> float:
        """Of `scores`."""
        return median(self.scores.values())

    @property
    def mean(self) -> float:
        """Of `scores`."""
        return fmean(self.scores.values())

    @property
    def shows_discrimination(self) -> bool:
        """Whether the class is large enough for a correlation that means something."""
        return self.answers >= MIN_DISCRIMINATION and any(
            item.discrimination is not None for item in self.items
        )

    @property
    def full_marks(self) -> int:
        """The number of students with all points."""
        return sum(score >= self.max_score for score in self.scores.values())

    @property
    def could_not_run(self) -> int:
        """The number of submissions that could not be run."""
        return len(self.rows) - len(self.scores)

    @property
    def serious(self) -> tuple[Row, ...]:
        """Rows in a serious state."""
        return tuple(row for row in self.rows if row.state in SERIOUS)

    @property
    def lesser(self) -> tuple[Row, ...]:
        """Rows in another state that needs attention."""
        return tuple(row for row in self.rows if row.state not in (*SERIOUS, State.FINE))

    @property
    def late(self) -> tuple[Row, ...]:
        """Submissions after the deadline."""
        return tuple(row for row in self.rows if row.total and row.total.seconds_late)

    @property
    def has_penalties(self) -> bool:
        """Whether points are taken off for late work."""
        return any(row.total.penalty for row in self.late if row.total)

    @property
    def need_grading(self) -> tuple[Row, ...]:
        """Submissions that need manual grading."""
        return tuple(row for row in self.rows if row.total and row.total.needs_grading)


def class_report(
    assignment: Assignment, results: Sequence[SubmissionResult], totals: Totals | None = None
) -> ClassReport:
    """The class's report; with `totals`, it includes the gradebook's points."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    notes = [cell.metadata.get("nbgrader", {}) for cell in released.cells]
    ran = item_analysis.ran(results)
    scores = {result.student: result.score - result.bonus_score for result in ran}
    answers = len(item_analysis.attempted(ran))
    misses = item_analysis.misses(results)
    return ClassReport(
        assignment=assignment.name,
        title=notebook_title(released) or assignment.name,
        rows=tuple(rows(assignment, results, misses, totals or Totals())),
        scores=scores,
        max_score=max((result.max_score for result in results), default=0.0),
        bonus=max((result.bonus for result in results), default=0.0),
        with_bonus=sum(result.bonus_score > 0 for result in ran),
        without_answer=len(ran) - answers,
        answers=answers,
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
        min_discrimination=MIN_DISCRIMINATION,
        outcomes=OUTCOMES,
        figures=_figures(report),
        style=Markup((TEMPLATES / "class.css").read_text(encoding="utf-8")),
        scripts=[Markup(script) for script in scripts],
        policy=" ".join(map(fingerprint, scripts)),
    )
    return write_atomically(assignment.class_page, text)


def _figures(report: ClassReport) -> dict[str, dict[str, Any]]:
    figures = {}
    if report.bins:
        figures["scores-figure"] = charts.score_figure(report.bins)
        figures["success-figure"] = charts.success_figure(report.items)
    if report.shows_discrimination:
        figures["discrimination-figure"] = charts.discrimination_figure(report.items)
    return figures


def state(result: SubmissionResult, usual_seconds: float, total: Total | None = None) -> State:
    """The most serious thing about a submission."""
    applies = {
        State.FAILED: result.status is Status.FAILED,
        State.STOPPED: bool(result.stopped_cells) or result.times.ran_out,
        State.SLOW: bool(_slow(result, usual_seconds)),
        State.NEEDS_REGRADING: bool(total and total.needs_regrading),
        State.NO_ANSWER: not result.is_attempted,
        State.REPAIRED: bool(result.restored),
        State.NO_SANDBOX: not result.sandboxed,
        State.FINE: True,
    }
    return next(state for state in State if applies[state])


def changed_exercises(total: Total | None) -> str:
    """Names the student's exercises that changed after manual grading, or ''."""
    names = [mark.exercise for mark in total.needs_regrading] if total else []
    return f"changed after manual grading: {', '.join(names)}" if names else ""


def rows(
    assignment: Assignment,
    results: Sequence[SubmissionResult],
    missed: Sequence[Miss],
    totals: Totals,
) -> list[Row]:
    """One row per submission: those that need attention first, then sorted by student."""
    ran = item_analysis.ran(results)
    usual = median(result.seconds for result in ran) if ran else 0.0
    unsorted = [
        _row(assignment, result, usual, missed, totals.students.get(result.student))
        for result in results
    ]
    slow, lesser = STATES.index(State.SLOW), STATES.index(State.NO_ANSWER)

    def order(row: Row) -> tuple[int, float, str]:
        rank = min(STATES.index(row.state), lesser)
        return rank, -row.result.seconds if rank == slow else 0.0, row.result.student

    return sorted(unsorted, key=order)


def _row(
    assignment: Assignment,
    result: SubmissionResult,
    usual_seconds: float,
    missed: Sequence[Miss],
    total: Total | None,
) -> Row:
    here = assignment.class_page.parent
    remarks = (_slow(result, usual_seconds), attention(result), changed_exercises(total))
    return Row(
        result=result,
        page=quote(os.path.relpath(assignment.feedback_page(result.student), here)),
        state=state(result, usual_seconds, total),
        remark="; ".join(filter(None, remarks)),
        exercises={exercise.name: exercise for exercise in result.exercises},
        missed=tuple(i for i, miss in enumerate(missed) if result.student in miss.students),
        total=total,
    )


def _slow(result: SubmissionResult, usual_seconds: float) -> str:
    slow = result.seconds > max(SLOW_SECONDS, SLOW * usual_seconds)
    return f"took {duration(result.seconds)}, others {duration(usual_seconds)}" if slow else ""
