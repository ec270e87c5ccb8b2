"""The leaderboard of an assignment, from what its hidden tests measure.

A test puts its submission on the leaderboard by recording the properties `leaderboard_score` (a
number), `leaderboard_measure` (what the number is) and `leaderboard_name` (chosen by the student).
A higher score is better, unless the test also records `leaderboard_order` as "lower is better".
Equal scores share a rank, and the ranks after them are skipped. The pages show chosen names only,
never student ids.
"""

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course import Assignment
from autograder.files import write_atomically
from autograder.reports.pages import render
from autograder.results.model import Status, SubmissionResult

MAX_NAME = 40  # characters
LOWER = "lower is better"
DIGITS = 4  # decimals of a score; equal rounded scores are a tie


@dataclass(frozen=True)
class Standing:
    """One line of the leaderboard."""

    rank: int
    name: str
    score: float


def standings(results: Sequence[SubmissionResult]) -> list[Standing]:
    """The leaderboard, best first, equal scores in the order of their names."""
    entries = []
    for result in results:
        score = result.measures.get("leaderboard_score")
        shown = public_name(result.measures.get("leaderboard_name"))
        if result.status is Status.GRADED and isinstance(score, float) and shown:
            entries.append((round(score, DIGITS), shown))
    sign = -1 if is_lower_better(results) else 1
    scores = [score for score, _ in entries]
    ranked = [
        Standing(1 + sum(sign * other > sign * score for other in scores), name, score)
        for score, name in entries
    ]
    return sorted(ranked, key=lambda standing: (standing.rank, standing.name))


def is_lower_better(results: Sequence[SubmissionResult]) -> bool:
    """Whether the assignment's test says that a lower score is better."""
    return any(result.measures.get("leaderboard_order") == LOWER for result in results)


def public_name(chosen: object) -> str:
    """The chosen name as one short line of printable characters, or '' if none was chosen."""
    if not isinstance(chosen, str):
        return ""
    text = " ".join(unicodedata.normalize("NFKC", chosen[: 10 * MAX_NAME]).split())
    return "".join(character for character in text if character.isprintable())[:MAX_NAME].strip()


def write_leaderboard(assignment: Assignment, results: Sequence[SubmissionResult]) -> list[Path]:
    """Write the page and its JSON; returns their paths. Without measurements, writes nothing.

    Removes both where the course has turned the leaderboard off.
    """
    if not assignment.has_leaderboard:
        for path in (assignment.leaderboard, assignment.leaderboard.with_suffix(".json")):
            path.unlink(missing_ok=True)
        return []
    measures = [result.measures.get("leaderboard_measure") for result in results]
    measure = next((text for text in measures if text), None)
    if measure is None:
        return []
    board = standings(results)
    text = render(
        "leaderboard.html.j2",
        assignment=assignment.name,
        measure=measure,
        standings=board,
        lower_is_better=is_lower_better(results),
        meter_max=_meter_max(results, board),
    )
    page = write_atomically(assignment.leaderboard, text)
    data = {
        "assignment": assignment.name,
        "measure": measure,
        "standings": [asdict(standing) for standing in board],
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    return [page, write_atomically(page.with_suffix(".json"), text)]


def _meter_max(results: Sequence[SubmissionResult], board: Sequence[Standing]) -> int | None:
    """The score of a full meter. None if a full meter would not mean a good score."""
    scores = [standing.score for standing in board]
    if is_lower_better(results) or not all(0 <= score < math.inf for score in scores):
        return None
    return max(1, math.ceil(max(scores, default=1)))
