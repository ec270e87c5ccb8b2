"""Item analysis: how a class did on each exercise and test. Pure functions of its results.

Statistics of exercises leave out submissions that could not be run and submissions without any
answer. A missing answer in another submission counts as 0 points.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import correlation, fmean

from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult
from autograder.results.wording import title

MIN_SUBMISSIONS = 3  # for a correlation
MAX_BINS = 20
MAX_MISTAKES = 3  # named at a test


@dataclass(frozen=True)
class Item:
    """One exercise's statistics. Shares lie between 0 and 1, and are None without submissions."""

    name: str
    max_score: float
    bonus: bool
    unanswered: int
    mean_share: float | None
    full_share: float | None
    discrimination: float | None


@dataclass(frozen=True)
class Miss:
    """A hidden test and the students who failed it; `ways` counts them by outcome.

    `mistakes` counts the likely mistakes for which the test leads the list of failed ones, the most
    frequent first.
    """

    exercise: str
    test: str
    hint: str
    students: frozenset[str]
    ways: Mapping[Outcome, int]
    mistakes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Bin:
    """Students with `low` <= points < `high`. The last bin includes `high`."""

    low: float
    high: float
    scores: Mapping[str, float]
    last: bool = False

    @property
    def label(self) -> str:
        """The range in words."""
        return f"{self.low:g} to {'' if self.last else 'under '}{self.high:g}"


def ran(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    """The submissions that could be run."""
    return [result for result in results if result.status is Status.GRADED]


def attempted(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    """The submissions that could be run and that answer an exercise."""
    return [result for result in ran(results) if result.is_attempted]


def exercises(results: Sequence[SubmissionResult]) -> list[ExerciseResult]:
    """The exercises of all results, each once. Older results may have other exercises."""
    by_name: dict[str, ExerciseResult] = {}
    for result in results:
        for exercise in result.exercises:
            by_name.setdefault(exercise.name, exercise)
    return list(by_name.values())


def items(results: Sequence[SubmissionResult]) -> list[Item]:
    """The item analysis, one item per exercise, in the notebook's order."""
    answers = attempted(results)
    return [
        _item(exercise, list(_with_rest(answers, exercise.name))) for exercise in exercises(results)
    ]


def discrimination(own: Sequence[float], rest: Sequence[float]) -> float | None:
    """The item-rest correlation: Pearson's r of an item's points and the points on all others.

    For an item scored 0 or 1 it is the point-biserial correlation, corrected for the item's own
    share of the total (Henrysson, Psychometrika 28, 1963). None for fewer than three submissions,
    or if either variable is constant.
    """
    # Rounding: equal sums of binary fractions can differ in the last digit.
    own, rest = [round(x, 9) for x in own], [round(x, 9) for x in rest]
    if len(own) < MIN_SUBMISSIONS or len(set(own)) == 1 or len(set(rest)) == 1:
        return None
    return correlation(own, rest)


def misses(results: Sequence[SubmissionResult]) -> list[Miss]:
    """The tests that students attempted and failed, the most frequent first.

    All parameters of a test function count as one test. A missing answer is not an attempt.
    """
    failed: dict[tuple[str, str], dict[str, Outcome]] = {}
    hints: dict[tuple[str, str], str] = {}
    mistakes: dict[tuple[str, str], Counter[str]] = {}
    for result in ran(results):
        for exercise in result.exercises:
            if exercise.mistake:
                first = next(test for test in exercise.tests if not test.passed)
                key = (exercise.name, title(first))
                mistakes.setdefault(key, Counter())[exercise.mistake] += 1
            for test in exercise.tests:
                if test.outcome.is_attempt and not test.passed:
                    key = (exercise.name, title(test))
                    failed.setdefault(key, {}).setdefault(result.student, test.outcome)
                    hints.setdefault(key, test.hint)
    order = {exercise.name: index for index, exercise in enumerate(exercises(results))}
    missed = [
        Miss(
            *key,
            hints[key],
            frozenset(who),
            Counter(who.values()),
            dict(mistakes.get(key, Counter()).most_common(MAX_MISTAKES)),
        )
        for key, who in failed.items()
    ]
    return sorted(missed, key=lambda miss: (-len(miss.students), order[miss.exercise], miss.test))


def histogram(scores: Mapping[str, float], top: float) -> list[Bin]:
    """Bins of a round width that cover 0 to `top` and all scores; no bins without scores."""
    if not scores:
        return []
    top = max([top, *scores.values(), 1])
    width = round_step(top, MAX_BINS)
    count = -int(-top // width)
    members: list[dict[str, float]] = [{} for _ in range(count)]
    for student, score in scores.items():
        members[min(int(score // width), count - 1)][student] = score
    return [
        Bin(index * width, (index + 1) * width, students, index == count - 1)
        for index, students in enumerate(members)
    ]


def round_step(top: float, most: int) -> int:
    """The smallest step of 1, 2, 5, 10, 20, 50 ... that divides 0 to `top` into at most `most`."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if top / step <= most:
                return step
        power *= 10


def _with_rest(
    results: Sequence[SubmissionResult], name: str
) -> Iterator[tuple[ExerciseResult, float]]:
    """Each submission's result on one exercise, and its points on all other exercises."""
    for result in results:
        for exercise in result.exercises:
            if exercise.name == name:
                yield exercise, result.score - exercise.score


def _item(item: ExerciseResult, answers: Sequence[tuple[ExerciseResult, float]]) -> Item:
    counts = [(exercise.score, rest) for exercise, rest in answers if exercise.max_score]
    shares = [exercise.score / exercise.max_score for exercise, _ in answers if exercise.max_score]
    return Item(
        name=item.name,
        max_score=item.max_score,
        bonus=item.bonus,
        unanswered=sum(not exercise.is_attempted for exercise, _ in answers),
        mean_share=fmean(shares) if shares else None,
        full_share=fmean(share == 1 for share in shares) if shares else None,
        discrimination=discrimination(*zip(*counts, strict=True)) if counts else None,
    )
