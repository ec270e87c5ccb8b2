"""Did an attack succeed? Judges by evidence: points, guarded texts, other results, what is left."""

import base64
import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from autograder.audit.attacks import Attack
from autograder.results.model import SubmissionResult

CANARY_TEST = "test_canary_input"  # a test that the audit adds; it passes a guarded text
BOUND = 1.5  # times the notebook's limit: what a submission may take in all
IN_BASE64 = re.compile(r"[A-Za-z0-9+/\\n]{40,}={0,2}")


class Verdict(StrEnum):
    """What came of an attack, the worst first."""

    HARMED = "HARMED"
    LEAKED = "LEAKED"
    GAINED = "GAINED"
    TOO_LONG = "TOO LONG"
    LOST = "LOST"  # its own exercises lost points that they must keep
    HELD = "held"


@dataclass(frozen=True)
class Evidence:
    """What one attack's grading left. `leaks` are sentences; `crashed` is about the grader."""

    result: SubmissionResult | None
    crashed: bool = False
    leaks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgment:
    """An attack, what came of it, and a sentence for each thing that must not be."""

    attack: Attack
    verdict: Verdict
    problems: tuple[str, ...]
    seconds: float
    base_points: float
    points: float

    @property
    def held(self) -> bool:
        return self.verdict is Verdict.HELD


def judge(
    attack: Attack,
    evidence: Evidence,
    base: SubmissionResult,
    bound_seconds: float,
    harm: Iterable[str] = (),
) -> Judgment:
    """Judge one attack. `harm` are sentences about what its run did to others or left behind."""
    problems: list[tuple[Verdict, str]] = [(Verdict.HARMED, line) for line in harm]
    result = evidence.result
    if result is None:
        problems.append((Verdict.HARMED, "it has no result"))
    if evidence.crashed:
        problems.append((Verdict.HARMED, "the grader itself failed on it"))
    problems += [(Verdict.LEAKED, line) for line in evidence.leaks]
    if result is not None:
        problems += _compared(attack, points_of(result), points_of(base))
        if result.seconds > bound_seconds:
            took = f"it took {result.seconds:.0f} s, and {bound_seconds:.0f} s are allowed"
            problems.append((Verdict.TOO_LONG, took))
    order = list(Verdict)
    problems.sort(key=lambda problem: order.index(problem[0]))
    return Judgment(
        attack=attack,
        verdict=problems[0][0] if problems else Verdict.HELD,
        problems=tuple(line for _, line in problems),
        seconds=result.seconds if result else 0.0,
        base_points=sum(points_of(base).values()),
        points=sum(points_of(result).values()) if result else 0.0,
    )


def points_of(result: SubmissionResult) -> dict[str, float]:
    """Points by exercise, without the test that the audit adds."""
    return {
        exercise.name: sum(
            test.points
            for test in exercise.tests
            if exercise.counts(test) and test.name != CANARY_TEST
        )
        for exercise in result.exercises
    }


def _compared(
    attack: Attack, points: Mapping[str, float], base: Mapping[str, float]
) -> Iterator[tuple[Verdict, str]]:
    for exercise, before in base.items():
        now = points.get(exercise, 0.0)
        most = 0.0 if attack.must_be_zero else before
        if now > most:
            yield Verdict.GAINED, f"{exercise} has {now:g} points, and {most:g} are right"
        if attack.may_lose is not None and exercise not in attack.may_lose and now < before:
            yield Verdict.LOST, f"{exercise} has {now:g} points, and {before:g} are right"


def differences(
    result: SubmissionResult | None, student: str, solved: Collection[str]
) -> list[str]:
    """How an honest submission's result differs from what it gets alone: all tests of the
    exercises that it solved pass, and no others."""
    if result is None:
        return [f"{student}, an honest submission, has no result"]
    return [
        f"{student}'s {exercise.name}, {test.name}: {test.outcome}"
        for exercise in result.exercises
        for test in exercise.tests
        if test.name != CANARY_TEST and test.passed != (exercise.name in solved)
    ]


def leaks_in(texts: Mapping[str, str], canaries: Mapping[str, str]) -> list[str]:
    """A sentence for each canary that appears in one of the texts, plainly or encoded.

    `texts` and `canaries` are by what a reader calls them. Pictures and other data in base64 are
    decoded, and searched too.
    """
    return [
        f"{what} is in {where}"
        for where, text in texts.items()
        for what, canary in canaries.items()
        if contains(text, canary)
    ]


def contains(text: str, canary: str) -> bool:
    """Whether the canary is in the text: plain, reversed, as ROT13, hex, base64, or in a picture.

    A canary that is split or transformed in another way is not found.
    """
    low = text.lower()
    plain = canary.lower()
    forms = {plain, plain[::-1], codecs.encode(plain, "rot13"), canary.encode().hex()}
    forms |= {form.lower() for form in _base64_forms(canary)}
    if any(form in low for form in forms):
        return True
    raw = canary.encode()
    return any(raw in data for data in _decoded(text))


def _base64_forms(canary: str) -> Iterator[str]:
    """What base64 makes of the canary at each of the three places where it can begin."""
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + canary.encode()).decode().rstrip("=")
        yield coded[2 * shift : -2] if shift else coded[:-2]


def _decoded(text: str) -> Iterator[bytes]:
    for match in IN_BASE64.finditer(text):
        coded = match[0].replace("\\n", "")
        coded = coded.rstrip("=")
        yield base64.b64decode(coded[: len(coded) // 4 * 4])
