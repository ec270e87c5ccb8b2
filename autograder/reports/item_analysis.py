"""How a class did on each exercise and test: pure functions of its results.

A submission that could not be run says nothing about an exercise, and neither does one that answers
none: both are left out of what is said of exercises. One answer missing among others counts 0.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import correlation, fmean

from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult
from autograder.results.wording import title

FEWEST = 3  # submissions that a correlation needs to say anything at all
MOST_BINS = 20


@dataclass(frozen=True)
class Item:
    """One exercise over the class. Shares are of 1; None where there is nothing to divide by."""

    name: str
    max_score: float
    bonus: bool
    unanswered: int
    mean_share: float | None
    full_share: float | None
    discrimination: float | None


@dataclass(frozen=True)
class Miss:
    """One hidden test, and who tried it without passing; `ways` is how, by number of students."""

    exercise: str
    test: str
    hint: str
    students: frozenset[str]
    ways: Mapping[Outcome, int]


@dataclass(frozen=True)
class Bin:
    """Who has at least `low` points and fewer than `high`, which only the last one includes."""

    low: float
    high: float
    scores: Mapping[str, float]
    last: bool = False

    @property
    def label(self) -> str:
        return f"{self.low:g} to {'' if self.last else 'under '}{self.high:g}"


def ran(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    return [result for result in results if result.status is Status.GRADED]


def answered(exercise: ExerciseResult) -> bool:
    """Whether there was anything to test."""
    return exercise.is_attempted


def answering(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    return [result for result in ran(results) if result.is_attempted]


def exercises(results: Sequence[SubmissionResult]) -> list[ExerciseResult]:
    """One of each name, in the notebook's order: results of before a change may hold others."""
    found: dict[str, ExerciseResult] = {}
    for result in results:
        for exercise in result.exercises:
            found.setdefault(exercise.name, exercise)
    return list(found.values())


def items(results: Sequence[SubmissionResult]) -> list[Item]:
    """The item analysis, an exercise each, in the notebook's order."""
    return [_item(one, list(_taken(answering(results), one.name))) for one in exercises(results)]


def discrimination(own: Sequence[float], rest: Sequence[float]) -> float | None:
    """The item-rest correlation: Pearson's r of the points here and of those elsewhere.

    For an exercise that is right or wrong it is the point-biserial correlation, corrected for the
    item's own part in the total (Henrysson, Psychometrika 28, 1963). None where it is undefined:
    for fewer than three submissions, or where either side does not vary.
    """
    # Sums of binary fractions may differ in their last digit and would seem to vary.
    own, rest = [round(x, 9) for x in own], [round(x, 9) for x in rest]
    if len(own) < FEWEST or len(set(own)) == 1 or len(set(rest)) == 1:
        return None
    return correlation(own, rest)


def misses(results: Sequence[SubmissionResult]) -> list[Miss]:
    """The tests that someone tried and did not pass, the commonest first.

    Parameters of one test function, in brackets, count as that test. An answer that is not there is
    no try.
    """
    found: dict[tuple[str, str], dict[str, Outcome]] = {}
    hints: dict[tuple[str, str], str] = {}
    for result in ran(results):
        for exercise in result.exercises:
            for test in exercise.tests:
                if test.outcome.is_attempt and not test.passed:
                    key = (exercise.name, title(test))
                    found.setdefault(key, {}).setdefault(result.student, test.outcome)
                    hints.setdefault(key, test.hint)
    order = {exercise.name: place for place, exercise in enumerate(exercises(results))}
    missed = [
        Miss(*key, hints[key], frozenset(who), Counter(who.values())) for key, who in found.items()
    ]
    return sorted(missed, key=lambda miss: (-len(miss.students), order[miss.exercise], miss.test))


def histogram(scores: Mapping[str, float], top: float) -> list[Bin]:
    """Bins of a round width from 0 to `top` at least; none where nobody has a score."""
    if not scores:
        return []
    top = max([top, *scores.values(), 1])
    width = round_step(top, MOST_BINS)
    count = -int(-top // width)
    members: list[dict[str, float]] = [{} for _ in range(count)]
    for student, score in scores.items():
        members[min(int(score // width), count - 1)][student] = score
    return [
        Bin(place * width, (place + 1) * width, who, place == count - 1)
        for place, who in enumerate(members)
    ]


def round_step(top: float, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 ... of which at most `most` reach `top`."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if top / step <= most:
                return step
        power *= 10


def _taken(
    results: Sequence[SubmissionResult], name: str
) -> Iterator[tuple[ExerciseResult, float]]:
    """An exercise as each submission has it, with its points on all the others."""
    for result in results:
        for exercise in result.exercises:
            if exercise.name == name:
                yield exercise, result.score - exercise.score


def _item(one: ExerciseResult, taken: Sequence[tuple[ExerciseResult, float]]) -> Item:
    counts = [(exercise.score, rest) for exercise, rest in taken if exercise.max_score]
    shares = [exercise.score / exercise.max_score for exercise, _ in taken if exercise.max_score]
    return Item(
        name=one.name,
        max_score=one.max_score,
        bonus=one.bonus,
        unanswered=sum(not answered(exercise) for exercise, _ in taken),
        mean_share=fmean(shares) if shares else None,
        full_share=fmean(share == 1 for share in shares) if shares else None,
        discrimination=discrimination(*zip(*counts, strict=True)) if counts else None,
    )
